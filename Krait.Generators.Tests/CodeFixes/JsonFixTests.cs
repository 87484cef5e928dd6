using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class JsonFixTests
{
    private const string Person = "[JsonSerializable(typeof(Person))]";

    private const string Controller = """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            Said Hear(Say message) => new(message.Text);
        }
        """;

    private const string Types = """
        public sealed record Say(string Text);
        public sealed record Said(string Text);
        """;

    private const string Context = """
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
        [JsonSerializable(typeof(Say))]
        [JsonSerializable(typeof(Said))]
        internal sealed partial class MessageJsonContext : JsonSerializerContext;

        """;

    private const string Usings = "using System.Text.Json;\nusing System.Text.Json.Serialization;\n";

    [Fact]
    public Task A_project_without_a_context_gets_one_with_all_that_the_controller_needs() =>
        Mended<AddJsonSerializableFix>.Gives($"{Types}\n\n{Controller}\n", $"{Usings}\n{Types}\n\n{Controller}\n\n{Context}", rename: "MessageJsonContext");

    [Fact]
    public Task A_type_that_no_context_could_name_is_left_alone() => Mended<AddJsonSerializableFix>.Leaves("""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            private sealed record Say(string Text);

            [OnMessage]
            void Hear(Say message) => Console.WriteLine(message.Text);
        }
        """);

    [Fact]
    public Task A_project_gets_one_context_for_all_its_controllers()
    {
        var other = Controller.Replace("class A", "class B", StringComparison.Ordinal).Replace("\"/a\"", "\"/b\"", StringComparison.Ordinal);
        return Mended<AddJsonSerializableFix>.GivesAll($"{Types}\n\n{Controller}\n\n{other}\n", $"{Usings}\n{Types}\n\n{Controller}\n\n{Context}\n{other}\n");
    }

    [Fact]
    public Task A_new_context_has_a_name_that_no_type_of_the_project_has()
    {
        const string taken = "namespace Other { public sealed class MessageJsonContext; }";
        var context = Context.Replace("class MessageJsonContext", "class MessageJsonContext2", StringComparison.Ordinal);
        return Mended<AddJsonSerializableFix>.Gives(
            $"{Types}\n\n{Controller}\n\n{taken}\n", $"{Usings}\n{Types}\n\n{Controller}\n\n{context}\n{taken}\n", rename: "MessageJsonContext2");
    }

    [Fact]
    public Task A_new_context_stands_in_the_namespace_of_the_controller() => Mended<AddJsonSerializableFix>.Gives(
        $"using System.Text.Json;\n\nnamespace App\n{{\n{Indent(Types)}\n\n{Indent(Controller)}\n}}\n",
        $"{Usings}\nnamespace App\n{{\n{Indent(Types)}\n\n{Indent(Controller)}\n\n{Indent(Context.TrimEnd())}\n}}\n",
        rename: "MessageJsonContext");

    [Fact]
    public Task The_only_context_of_a_project_gets_the_types_that_it_lacks() => Mended<AddJsonSerializableFix>.GivesAll(
        $"using System.Text.Json.Serialization;\n\n{Types}\n\n{Controller}\n\n[JsonSerializable(typeof(int))] // numbers\ninternal sealed partial class Json : JsonSerializerContext;\n",
        $"using System.Text.Json.Serialization;\n\n{Types}\n\n{Controller}\n\n[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(Say))]\n[JsonSerializable(typeof(Said))] // numbers\ninternal sealed partial class Json : JsonSerializerContext;\n");

    [Fact]
    public Task Members_of_rooms_are_listed_as_well() => Mended<AddJsonSerializableFix>.Gives(Listing("", "[JsonSerializable(typeof(int))]"), Listing("", "[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(Person))]"));

    [Fact]
    public Task A_context_of_members_is_named() => Mended<NameJsonContextFix>.Gives(Listing("", Person, Person), Listing(", JsonContext = typeof(Json0)", Person, Person));

    [Fact]
    public Task The_context_that_is_named_gets_the_type() => Mended<AddJsonSerializableFix>.GivesAll(
        Named("[JsonSerializable(typeof(Say))]"), Named("[JsonSerializable(typeof(Say))]\n[JsonSerializable(typeof(Said))]"));

    [Fact]
    public Task A_context_in_another_file_is_written_there_and_sees_the_type_by_its_namespace() => AddElsewhere();

    [Fact]
    public Task One_of_several_contexts_is_named() => Mended<NameJsonContextFix>.Gives(
        Several("\"/a\""), Several("\"/a\", JsonContext = typeof(Second)"));

    [Fact]
    public Task Contexts_of_which_none_lists_all_are_left_alone() =>
        Mended<NameJsonContextFix>.Leaves(Several("\"/a\"").Replace("[JsonSerializable(typeof(Said))]", "", StringComparison.Ordinal).Replace("typeof(Say)), J", "J", StringComparison.Ordinal));

    private static async Task AddElsewhere()
    {
        var test = new CodeFixTest<AddJsonSerializableFix>(
            $"namespace App.Rooms;\n\n{Types}\n\n{Controller}\n",
            "namespace App.Json\n{\n    [System.Text.Json.Serialization.JsonSerializable(typeof(int))]\n    internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;\n}\n");

        await test.FixAll();

        Assert.Equal(
            "namespace App.Json\n{\n    [System.Text.Json.Serialization.JsonSerializable(typeof(int))]\n    [System.Text.Json.Serialization.JsonSerializable(typeof(Rooms.Say))]\n    [System.Text.Json.Serialization.JsonSerializable(typeof(Rooms.Said))]\n    internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;\n}\n",
            await test.Source(1));
        Assert.Empty(await test.Complaints());
    }

    private static string Named(string lists) => $"""
        using System.Text.Json.Serialization;

        {Types}

        [JsonSerializable(typeof(Said))]
        [JsonSerializable(typeof(Say))]
        internal sealed partial class Other : JsonSerializerContext;

        {lists}
        internal sealed partial class Json : JsonSerializerContext;

        {Controller.Replace("\"/a\"", "\"/a\", JsonContext = typeof(Json)", StringComparison.Ordinal)}
        """;

    private static string Several(string arguments) => $"""
        using System.Text.Json.Serialization;

        {Types}

        [JsonSerializable(typeof(Say))]
        internal sealed partial class First : JsonSerializerContext;

        [JsonSerializable(typeof(Say))]
        [JsonSerializable(typeof(Said))]
        internal sealed partial class Second : JsonSerializerContext;

        {Controller.Replace("\"/a\"", arguments, StringComparison.Ordinal)}
        """;

    private static string Indent(string text) => string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    private static string Listing(string argument, params string[] contexts) => $$"""
        using System.Text.Json.Serialization;

        public sealed record Person(string Name);

        {{string.Join("\n\n", contexts.Select((listed, index) => $"{listed}\ninternal sealed partial class Json{index} : JsonSerializerContext;"))}}

        [WebSocketController("/a"{{argument}})]
        public sealed partial class A([Room("a")] IRoom<string, Person> room)
        {
            [OnMessage] string Hear(string message) => message + room;
        }
        """;
}
