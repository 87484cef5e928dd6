using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>Holds what the generator writes for sources to everything that holds for all of it, and to the accepted snapshot.</summary>
internal static class GeneratedCode
{
    /// <summary>Where the generator writes <c>MapWebSocketControllers</c>.</summary>
    public const string MappingHint = "Krait-MapWebSocketControllers.g.cs";

    /// <summary>Generates for one file and compares what its controllers get with the snapshot, which shows how it differs from <see cref="WholeFile"/>.</summary>
    public static Task<GeneratorRun> Verify(string source, [CallerFilePath] string testFile = "", [CallerMemberName] string testMethod = "") =>
        Verify(UserProject.Compile(source), hint => hint != MappingHint, WholeFile.Difference, testFile, testMethod);

    /// <summary>Compares every line of <see cref="WholeFile"/> with the snapshot.</summary>
    public static Task<GeneratorRun> VerifyWhole([CallerFilePath] string testFile = "", [CallerMemberName] string testMethod = "") =>
        Verify(UserProject.Compile(WholeFile.Source), hint => hint != MappingHint, text => text, testFile, testMethod);

    /// <summary>Generates for a project and compares the method that maps its controllers with the snapshot.</summary>
    public static Task<GeneratorRun> VerifyMapping(CSharpCompilation project, [CallerFilePath] string testFile = "", [CallerMemberName] string testMethod = "") =>
        Verify(project, hint => hint == MappingHint, text => text, testFile, testMethod);

    /// <summary>Generates for a project whose controllers are right, and checks every law, without a snapshot.</summary>
    public static async Task<GeneratorRun> Generate(CSharpCompilation project)
    {
        var run = GeneratorRun.Of(project);
        CompilationLaw.Check(run);
        CachingLaw.Check(run);
        ModelLaw.Check(run);
        var diagnostics = await KraitAnalyzers.Analyze(run.Output);
        RefusalLaw.Check(run, diagnostics);
        Assert.All(RefusalLaw.Controllers(run), controller => Assert.False(RefusalLaw.IsRefused(run, controller), $"{controller} was refused:\n{string.Join('\n', diagnostics)}"));
        Assert.All(run.Sources, source => Assert.DoesNotContain("\r", source.SourceText.ToString(), StringComparison.Ordinal));
        return run;
    }

    private static async Task<GeneratorRun> Verify(
        CSharpCompilation project, Func<string, bool> hints, Func<string, string> show, string testFile, string testMethod)
    {
        var run = await Generate(project);
        var texts = run.Sources.Where(source => hints(source.HintName))
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());
        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts.Values.SelectMany(text => text.Split('\n')), line => line.Length > 130 && CanBeBroken(line));
        Snapshot.Verify(texts.ToDictionary(text => text.Key, text => WithoutVersion(show(text.Value))), testFile, testMethod);
        return run;
    }

    /// <summary>A new version of the generator is no reason to accept every snapshot again.</summary>
    private static string WithoutVersion(string text)
    {
        var version = typeof(WebSocketControllerGenerator).Assembly.GetName().Version!.ToString(3);
        return text.Replace($"(\"Krait.Generators\", \"{version}\")", "(\"Krait.Generators\", \"...\")", StringComparison.Ordinal);
    }

    /// <summary>A comment, one text and one name stay as long as they are.</summary>
    private static bool CanBeBroken(string line) => !line.TrimStart().StartsWith("///", StringComparison.Ordinal) && line[^1] is not ('(' or '<')
        && (line.Contains("=> ", StringComparison.Ordinal) || line.Contains(", ", StringComparison.Ordinal));
}
