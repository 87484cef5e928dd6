using System.Text;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Compiles a block of the documentation with what it continues; <see cref="SnippetTests"/> has the conventions.</summary>
internal static class SnippetProject
{
    private const string Elision = "// ...";

    /// <summary>What the compiler and Krait have against a block, each with its place in the page; empty if it is what it says it is.</summary>
    public static async Task<IReadOnlyList<string>> Complaints(Snippet snippet)
    {
        var run = GeneratorRun.Of(Compile(snippet));
        var wanted = snippet.Conventions.Where(word => word.StartsWith("KRAIT", StringComparison.Ordinal)).ToList();
        var complaints = (await KraitAnalyzers.Analyze(run.Output, wanted.FirstOrDefault())).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning || wanted.Contains(diagnostic.Id)).ToList();
        if (snippet.Is("raises"))
        {
            return [.. complaints.Where(diagnostic => !wanted.Contains(diagnostic.Id)).Select(diagnostic => diagnostic.ToString()),
                .. wanted.Where(id => complaints.All(diagnostic => diagnostic.Id != id)).Select(id => $"{snippet.Page}({snippet.Line}): {id} is not raised")];
        }

        var errors = run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return [.. complaints.Concat(errors).Select(diagnostic => diagnostic.ToString())];
    }

    /// <summary>The files that are generated for what a block continues.</summary>
    public static IReadOnlyList<string> Generate(Snippet snippet) =>
        [.. GeneratorRun.Of(Compile(snippet.Continues)).Sources.Select(source => source.SourceText.ToString())];

    /// <summary>
    /// Whether a text has the lines that are shown, in their order; a line <c>// ...</c> stands for any that are left out.
    /// Doc comments, [GeneratedCode] and [ExcludeFromCodeCoverage] need not be shown.
    /// </summary>
    public static bool Contains(string text, string shown)
    {
        var rest = Lines(text).AsSpan();
        var parts = Lines(shown).AsSpan();
        if (parts.Length == 0)
            return false;

        while (parts.Length > 0)
        {
            var end = parts.IndexOf(Elision);
            var part = end < 0 ? parts : parts[..end];
            var start = rest.IndexOf(part);
            if (start < 0)
                return false;
            rest = rest[(start + part.Length)..];
            parts = end < 0 ? [] : parts[(end + 1)..];
        }

        return true;
    }

    /// <summary>The project of a block and of what it continues.</summary>
    public static CSharpCompilation Compile(Snippet snippet) => Compile([.. snippet.Continues, snippet]);

    private static CSharpCompilation Compile(IReadOnlyList<Snippet> snippets)
    {
        var files = snippets.Where(snippet => !snippet.Is("statements") && !snippet.Is("library"))
            .Select(snippet => UserProject.Parse(snippet.Is("members") ? InController(snippet) : Located(snippet), snippet.Page));
        var statements = snippets.Where(snippet => snippet.Is("statements")).ToList();
        var project = UserProject.Compile().AddSyntaxTrees(files)
            .AddReferences(snippets.Where(snippet => snippet.Is("library")).Select(snippet => UserLibrary.Reference(snippet.Code)));
        if (snippets.Any(UsesPackages))
            project = project.AddReferences(UserProject.Packages);
        if (snippets[^1].Is("csharp13"))
            project = project.WithLanguage(LanguageVersion.CSharp13);

        return statements.Count == 0 ? project
            : project.WithOptions(project.Options.WithOutputKind(OutputKind.ConsoleApplication)).AddSyntaxTrees(UserProject.Parse(Program(statements), "Program.cs"));
    }

    private static readonly string[] s_ofPackages =
        ["AddKraitRedis", "UseKraitSockets", "AddOpenTelemetry", "using Microsoft.EntityFrameworkCore;", "using Xunit;"];

    private static bool UsesPackages(Snippet snippet) =>
        s_ofPackages.Any(name => snippet.Code.Contains(name, StringComparison.Ordinal));

    private static string Program(IReadOnlyList<Snippet> statements)
    {
        var program = new StringBuilder().AppendJoin('\n', statements.SelectMany(Usings)).Append('\n');
        var code = string.Join('\n', statements.Select(snippet => snippet.Code));
        var declaresBuilder = code.Contains("var builder =", StringComparison.Ordinal);
        if (!declaresBuilder)
            program.Append("var builder = WebApplication.CreateBuilder(args);\n");
        if (!declaresBuilder && !code.Contains("var app =", StringComparison.Ordinal))
            program.Append("var app = builder.Build();\n");
        return program.AppendJoin("", statements.Select(snippet => Located(snippet, WithoutUsings(snippet)))).ToString();
    }

    /// <summary>Directives stand before all statements, also those that are added here.</summary>
    private static IEnumerable<string> Usings(Snippet snippet) => snippet.Code.Split('\n').TakeWhile(IsUsing);

    private static string WithoutUsings(Snippet snippet) =>
        string.Join('\n', snippet.Code.Split('\n').Select((line, index) => index < Usings(snippet).Count() ? "" : line));

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal) && line.EndsWith(';') && !line.Contains('=');

    private static string InController(Snippet snippet) =>
        $$"""
        [WebSocketController("/snippet{{snippet.Line}}")]
        public sealed partial class Snippet{{snippet.Line}}Controller
        {
        {{Located(snippet)}}
        }
        """;

    /// <summary>Lets diagnostics point into the page.</summary>
    private static string Located(Snippet snippet) => Located(snippet, snippet.Code);

    private static string Located(Snippet snippet, string code) => $"#line {snippet.Line} \"{snippet.Page}\"\n{code}\n#line default\n";

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !IsNoise(line))];

    private static bool IsNoise(string line) =>
        line.StartsWith("///", StringComparison.Ordinal) || line.StartsWith("[global::System.CodeDom.Compiler.GeneratedCode", StringComparison.Ordinal)
        || line == "[global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]";
}
