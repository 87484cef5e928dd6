using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A large project: 100 controllers of 8 handlers beside 400 plain files.</summary>
internal sealed class ManyControllers
{
    public const int Controllers = 100;
    public const int PlainFiles = 400;
    private const int Messages = 6;

    private readonly SyntaxTree plain;
    private readonly SyntaxTree controller;
    private readonly GeneratorDriver driver;
    private int edits;

    /// <summary>Parses the project and generates for it once.</summary>
    public ManyControllers()
    {
        Project = UserProject.Compile(
            [.. Enumerable.Range(0, Controllers).Select(Controller), Contexts(), .. Enumerable.Range(0, PlainFiles).Select(Plain)]);
        controller = Project.SyntaxTrees[0];
        plain = Project.SyntaxTrees[Controllers + 1];
        driver = NewDriver().RunGenerators(Project);
    }

    /// <summary>The project before every edit.</summary>
    public CSharpCompilation Project { get; }

    /// <summary>A driver that has never run.</summary>
    public static GeneratorDriver NewDriver(bool tracks = false) => CSharpGeneratorDriver.Create(
        [new WebSocketControllerGenerator().AsSourceGenerator()],
        parseOptions: UserProject.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: tracks));

    /// <summary>The project after an edit of a body in a file without controllers, with symbols that nobody has looked at yet.</summary>
    public CSharpCompilation EditPlain() => Edit(plain, "Answer => ", "Answer => ");

    /// <summary>The project after an edit that declares a member in a file without controllers.</summary>
    public CSharpCompilation AddMember() => Edit(plain, "42", "42;\n\n    public const int Other = ");

    /// <summary>The project after an edit that declares a type in a file without controllers.</summary>
    public CSharpCompilation AddType() => Edit(plain, "App.Plain", "App.Plain;\n\npublic sealed class Other");

    /// <summary>The project with one more file without controllers.</summary>
    public CSharpCompilation AddFile() => Project.AddSyntaxTrees(UserProject.Parse(Plain(PlainFiles + ++edits), "Added.cs"));

    /// <summary>The project with one such file less.</summary>
    public CSharpCompilation RemoveFile() => Project.RemoveSyntaxTrees(plain);

    /// <summary>The project after an edit that renames a handler.</summary>
    public CSharpCompilation EditController() => Edit(controller, "Hear0", "Hear0");

    /// <summary>Runs the generator over an edited project as an editor does.</summary>
    public GeneratorDriver Generate(CSharpCompilation edited) => driver.RunGenerators(edited);

    /// <summary>Looks at the members, attributes and parameter types of every controller, and keeps nothing: what any generator has to pay for symbols.</summary>
    public static int Walk(CSharpCompilation project)
    {
        var seen = 0;
        foreach (var tree in project.SyntaxTrees.Take(Controllers))
        {
            var declaration = tree.GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().First();
            var symbol = project.GetSemanticModel(tree).GetDeclaredSymbol(declaration)!;
            seen += symbol.GetAttributes().Sum(attribute => attribute.ConstructorArguments.Length + attribute.NamedArguments.Length);
            foreach (var member in symbol.GetMembers())
            {
                seen += member.GetAttributes().Sum(attribute => attribute.ConstructorArguments.Length);
                if (member is IMethodSymbol method)
                    seen += method.Parameters.Count(parameter => parameter.Type.TypeKind != TypeKind.Error) + (method.ReturnsVoid ? 0 : 1);
            }
        }

        return seen;
    }

    private CSharpCompilation Edit(SyntaxTree tree, string before, string after)
    {
        var text = tree.ToString().Replace(before, $"{after}{++edits}", StringComparison.Ordinal);
        return Project.ReplaceSyntaxTree(tree, UserProject.Parse(text, tree.FilePath));
    }

    private static string Controller(int number) => $$"""
        namespace App.Controllers;

        [WebSocketController("/rooms{{number}}/{room}", Protocols = "room.v2, room.v1", Receives = typeof(Command{{number}}), Sends = typeof(Event{{number}}))]
        public sealed partial class Room{{number}}Controller(string room, ILogger<Room{{number}}Controller> log)
        {
            [OnOpen]
            Event{{number}} Enter() => new(room);

            [OnClose]
            void Leave(CloseInfo info) => log.LogInformation("Left {Room}: {Status}", room, info.Status);

        {{Repeat(Messages, message => $"""
            [OnMessage]
            Event{number} Hear{message}(Command{number}.Part{message} message, CancellationToken stopping) => new(message.Text + room);

        """)}}
        }
        """;

    private static string Contexts() => $"""
        using System.Text.Json.Serialization;

        namespace App.Controllers;

        {Repeat(Controllers, Types)}
        {Repeat(Controllers, number => $"[JsonSerializable(typeof(Event{number})), JsonSerializable(typeof(Command{number}))]")}
        internal sealed partial class Messages : JsonSerializerContext;
        """;

    private static string Types(int number) => $$"""
        public sealed record Event{{number}}(string Text);

        {{Repeat(Messages, message => $"[JsonDerivedType(typeof(Command{number}.Part{message}), \"part{message}\")]")}}
        public abstract record Command{{number}}(string Text)
        {
            {{Repeat(Messages, message => $"public sealed record Part{message}(string Text) : Command{number}(Text);")}}
        }

        """;

    private static string Repeat(int count, Func<int, string> text) => string.Join('\n', Enumerable.Range(0, count).Select(text));

    private static string Plain(int number) => $$"""
        namespace App.Plain;

        public static class Plain{{number}}
        {
            public static int Answer => 42;

            public static string Say(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
        }
        """;
}
