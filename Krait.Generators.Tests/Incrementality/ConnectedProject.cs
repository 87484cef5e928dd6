using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>An application of 20 controllers whose other files refer to each other, as those of real projects do.</summary>
internal sealed class ConnectedProject
{
    private const int Controllers = 20;

    private readonly SyntaxTree controller;
    private readonly SyntaxTree plain;
    private readonly SyntaxTree program;
    private readonly GeneratorDriver driver;
    private readonly GeneratorDriver krait;
    private int edits;

    /// <summary>Parses a project with that many connected files, at least 10, and generates for it once.</summary>
    public ConnectedProject(int files)
    {
        string[] sources =
        [
            .. Enumerable.Range(0, Controllers).Select(number => Controller(number, files)),
            .. Enumerable.Range(0, files).Select(number => Plain(number, files)),
            Program,
            Contexts(),
        ];
        Project = UserProject.Compile(sources).WithOptions(UserProject.Options.WithOutputKind(OutputKind.ConsoleApplication));
        controller = Project.SyntaxTrees[0];
        plain = Project.SyntaxTrees[Controllers + (files / 2)];
        program = Project.SyntaxTrees[Controllers + files];
        driver = CSharpGeneratorDriver.Create(
            [new WebSocketControllerGenerator().AsSourceGenerator(), UserProject.NewJsonGenerator()],
            parseOptions: UserProject.ParseOptions).RunGenerators(Project);
        krait = ManyControllers.NewDriver().RunGenerators(Project);
    }

    /// <summary>The project before every edit.</summary>
    public CSharpCompilation Project { get; }

    /// <summary>The project after an edit in the body of a handler, and the edited file.</summary>
    public EditedProject EditController() => Edit(controller, "\"heard\"", "\"heard\" + ");

    /// <summary>The project after an edit that adds a member to a controller.</summary>
    public EditedProject AddToController() =>
        Edit(controller, "private int heard", "private const int Other = 1;\n\n    private int heard");

    /// <summary>The project after an edit in the body of a method that controllers do not reach.</summary>
    public EditedProject EditPlain() => Edit(plain, "number + 1", "number + 1");

    /// <summary>The project after an edit that declares a member in a file without controllers.</summary>
    public EditedProject AddMember() => Edit(plain, "public int Count", "public const int Other = 1;\n\n    public int Count");

    /// <summary>The project after an edit of the file that runs the application.</summary>
    public EditedProject EditProgram() => Edit(program, "Build()", "Build();\nConsole.WriteLine()");

    /// <summary>Runs Krait's generator alone over an edited project, as an editor does.</summary>
    public GeneratorDriver Generate(EditedProject edited) => krait.RunGenerators(edited.Project);

    /// <summary>The edited project with what was generated, as the compiler and the analyzers see it.</summary>
    public EditedProject Complete(EditedProject edited)
    {
        driver.RunGeneratorsAndUpdateCompilation(edited.Project, out var complete, out _);
        return new((CSharpCompilation)complete, edited.File);
    }

    private EditedProject Edit(SyntaxTree tree, string before, string after)
    {
        var text = tree.ToString().Replace(before, $"{after} /* {++edits} */", StringComparison.Ordinal);
        var edited = UserProject.Parse(text, tree.FilePath);
        return new(Project.ReplaceSyntaxTree(tree, edited), edited);
    }

    private const string Program = """
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddKrait();
        var app = builder.Build();
        app.MapWebSocketControllers();
        app.Run();
        """;

    private static string Controller(int number, int files) => $$"""
        using App.Services;

        namespace App.Controllers;

        [WebSocketController("/rooms{{number}}/{room}", Receives = typeof(Command{{number}}), Sends = typeof(Event{{number}}))]
        public sealed partial class Room{{number}}Controller(string room, Service{{number * files / Controllers}} service)
        {
            private int heard;

            [OnOpen]
            Event{{number}} Enter() => new(room, null);

            [OnMessage]
            Event{{number}} Hear(Command{{number}}.Say message) => new(message.Text + "heard" + ++heard, service.Find(null, heard));

            [OnMessage]
            async Task<Event{{number}}> Order(Command{{number}}.Take message, CancellationToken stopping)
            {
                await Task.Delay(heard, stopping);
                return new(room, service.Find(message.Order, heard));
            }

            [OnClose]
            void Leave(CloseInfo info) => Console.WriteLine(info.Status);
        }
        """;

    private static string Contexts() => $"""
        using System.Text.Json.Serialization;
        using App.Services;

        namespace App.Controllers;

        {Repeat(Types)}
        {Repeat(number => $"[JsonSerializable(typeof(Event{number})), JsonSerializable(typeof(Command{number}))]")}
        internal sealed partial class Messages : JsonSerializerContext;
        """;

    private static string Types(int number) => $$"""
        public sealed record Event{{number}}(string Text, Order? Order);

        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Take), "take")]
        public abstract record Command{{number}}
        {
            public sealed record Say(string Text) : Command{{number}};

            public sealed record Take(Order? Order) : Command{{number}};
        }

        """;

    private static string Repeat(Func<int, string> text) => string.Join('\n', Enumerable.Range(0, Controllers).Select(text));

    /// <summary>A service that derives from what ten have in common, takes two more, and works with what they return.</summary>
    private static string Plain(int number, int files)
    {
        var (before, other, area) = ((number + files - 1) % files, ((number * 7) + 3) % files, number / 10);
        var common = number % 10 > 0
            ? ""
            : $"public abstract class Area{area} {{ public virtual Order? Find(Order? order, int number) => order; }}";
        return $$"""
            using System.ComponentModel;

            namespace App.Services;

            {{(number > 0 ? "" : "public record Order(int Number, string Name);")}}
            {{common}}
            public record Order{{number}}(int Number, Order{{before}}? Before, Service{{other}}? Service) : Order(Number, "order");

            [Description("service {{number}}")]
            public class Service{{number}} : Area{{area}}, IComparable<Order{{other}}>
            {
                public Service{{before}}? Previous { get; set; }

                public int Count { get; private set; }

                public override Order? Find(Order? order, int number) =>
                    order is Order{{number}} { Before: { } before } ? Previous?.Find(before, number + 1) : order;

                public int CompareTo(Order{{other}}? other) => Total(other?.Service?.All() ?? []);

                public IEnumerable<Order> All()
                {
                    foreach (var order in Previous?.All() ?? [])
                    {
                        if (order.Number > Count)
                            yield return order with { Number = Count++ };
                    }
                }

                private static int Total(IEnumerable<Order> orders) =>
                    orders.Where(order => order.Name.Length > 0).Select(order => order.Number).DefaultIfEmpty().Sum();
            }
            """;
    }
}
