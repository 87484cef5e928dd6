using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.Tests.Harness;

/// <summary>Compiles sources as a project of <c>Microsoft.NET.Sdk.Web</c> that has the package would, with every warning on.</summary>
internal static class UserProject
{
    /// <summary>The usings of <c>Microsoft.NET.Sdk.Web</c>, and Krait's.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Krait;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """;

    /// <summary>How sources are parsed: the language of .NET 10, doc comments checked.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>How sources are compiled: nullable on, all waves of warnings.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        warningLevel: 9999);

    /// <summary>The reference assemblies of .NET and ASP.NET Core, and the runtime of Krait.</summary>
    public static IReadOnlyList<MetadataReference> References { get; } =
        [.. ReadList("user-project.references.txt").Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The packages that the documentation uses next to Krait, such as Krait.Redis, OpenTelemetry and Entity Framework Core.</summary>
    public static IReadOnlyList<MetadataReference> Packages { get; } =
        [.. ReadList("user-project.packages.txt").Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The source generator of System.Text.Json, as the targeting pack brings it.</summary>
    public static string JsonGeneratorPath { get; } = ReadList("user-project.generators.txt").Single();

    /// <summary>That generator, never run.</summary>
    public static ISourceGenerator NewJsonGenerator()
    {
        var type = JsonGenerator.GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator();
    }

    /// <summary>A project without files, of which all others are made.</summary>
    /// <remarks>So they share the symbols of the references. Loading these takes longer than most tests.</remarks>
    public static CSharpCompilation Empty { get; } = WithSymbols(CSharpCompilation.Create("UserProject", [], References, Options));

    private static readonly Assembly JsonGenerator = Assembly.LoadFrom(JsonGeneratorPath);

    private static readonly SyntaxTree Usings = Parse(ImplicitUsings, "Usings.cs");

    /// <summary>Compiles sources without any generator, each a file of its own beside the implicit usings.</summary>
    public static CSharpCompilation Compile(params IReadOnlyList<string> sources) =>
        Empty.AddSyntaxTrees([.. sources.Select((source, index) => Parse(source, $"Source{index}.cs")), Usings]);

    /// <summary>The same project in another version of the language.</summary>
    public static CSharpCompilation WithLanguage(this CSharpCompilation project, LanguageVersion version) =>
        project.RemoveAllSyntaxTrees().AddSyntaxTrees(
            project.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), ParseOptions.WithLanguageVersion(version), tree.FilePath)));

    /// <summary>How sources are compiled: as a program where one of them has statements of its own.</summary>
    public static CSharpCompilationOptions OptionsOf(IEnumerable<string> sources) =>
        Options.WithOutputKind(sources.Any(source => Parse(source, "").GetCompilationUnitRoot().Members.Any(SyntaxKind.GlobalStatement)) ? OutputKind.ConsoleApplication : Options.OutputKind);

    /// <summary>Parses one file of the project.</summary>
    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), ParseOptions, path);

    private static CSharpCompilation WithSymbols(CSharpCompilation project)
    {
        _ = project.GetSpecialType(SpecialType.System_Object);
        return project;
    }

    private static string[] ReadList(string name) => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, name));
}
