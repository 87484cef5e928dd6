using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>[OnPresence] and rooms that list members: KRAIT029, and what other rules say of them.</summary>
public sealed class PresenceRuleTests
{
    private const string Room = "[Room(\"a\")] IRoom<string, Person> room";

    [Theory]
    [InlineData("", "[OnPresence] void [|Hear|](PresenceChange<Person> change) { }")]
    [InlineData("[Room(\"a\")] IRoom<string> room", "[OnPresence] void [|Hear|](PresenceChange<Person> change) => Console.WriteLine(room);")]
    [InlineData("IRooms<string> rooms", "[OnPresence] void [|Hear|](PresenceChange<Person> change) => Console.WriteLine(rooms);")]
    [InlineData(Room, "[OnPresence] void Hear([|PresenceChange<Guest>|] change) => Console.WriteLine(room);")]
    [InlineData(Room, "[OnPresence] void Hear([|PresenceChange<object>?|] change) => Console.WriteLine(room);")]
    [InlineData(Room + ", [Room(\"b\")] [|IRoom<string, Guest>|] other", "[OnOpen] void Enter() => Console.WriteLine($\"{room}{other}\");")]
    [InlineData(Room + ", [|IRooms<string, Guest>|] others", "[OnOpen] void Enter() => Console.WriteLine($\"{room}{others}\");")]
    [InlineData(Room + ", [|IRooms<string, Guest>|] others", "[OnPresence] void Hear(PresenceChange<Guest> change) => Console.WriteLine($\"{room}{others}\");")]
    [InlineData("[Room(\"a\")] [|IRoom<string, dynamic>|] room", "[OnOpen] void Enter() => Console.WriteLine(room);")]
    public Task Presence_that_does_not_fit(string parameters, string members) =>
        WrongCode.Raises(DiagnosticIds.UnfitPresence, Controller(parameters, members));

    [Theory]
    [InlineData("[OnPresence] void [|Hear|]() => Console.WriteLine(room);")]
    [InlineData("[OnPresence] void [|Hear|](CancellationToken stopping) => Console.WriteLine(room);")]
    [InlineData("[OnPresence] void Hear(PresenceChange<Person> change, PresenceChange<Person> [|again|]) => Console.WriteLine(room);")]
    [InlineData("[OnPresence] void Hear(PresenceChange<Person> change, string [|name|]) => Console.WriteLine(room);")]
    [InlineData("[OnPresence] void Hear(PresenceChange<Person> change, TimeProvider [|time|]) => Console.WriteLine(room);")]
    [InlineData("[OnPresence] [|Task?|] Hear(PresenceChange<Person> change) => room is null ? null : Task.CompletedTask;")]
    [InlineData("[OnLost] void Hear(PresenceChange<Person> [|change|]) => Console.WriteLine(room);")]
    public Task Handlers_that_Krait_cannot_call(string handler) => WrongCode.Raises(DiagnosticIds.UnfitHandler, Controller(Room, handler));

    [Fact]
    public Task A_constructor_that_is_not_chosen_has_no_rooms_to_miss() => WrongCode.Raises(
        DiagnosticIds.NoUsableConstructor,
        Controller("", "public A(IRooms<string, Person> rooms) : this() => Console.WriteLine(rooms);\n[OnPresence] void Hear(PresenceChange<Person> change) { }")
            .Replace("class A(", "class [|A|](", StringComparison.Ordinal));

    [Fact]
    public Task One_handler_takes_all_changes() => WrongCode.Raises(
        DiagnosticIds.RepeatedHandler,
        Controller(Room, "[OnPresence] void Hear(PresenceChange<Person> change) => Console.WriteLine(room);\n[OnPresence] void [|More|](PresenceChange<Person> change) { }"));

    [Fact]
    public Task A_handler_outside_a_controller_is_never_called() => WrongCode.Raises(
        DiagnosticIds.HandlerOutsideController, "public sealed class A { [[|OnPresence|]] void Hear(PresenceChange<string> change) { } }");

    [Fact]
    public Task A_room_with_members_needs_its_name() =>
        WrongCode.Raises(DiagnosticIds.Unbindable, Controller("[|IRoom<string, Person>|] room", "[OnPresence] void Hear(PresenceChange<Person> change) => Console.WriteLine(room);"));

    [Theory]
    [InlineData("[Room(\"a\")] [|IRoom<int, Person>|] room")]
    [InlineData("[Room(\"a\")] [|IRooms<string, Person>|] room")]
    public Task A_room_with_members_sends_what_its_controller_sends(string parameter) => WrongCode.Raises(
        DiagnosticIds.UnfitRoom, Controller(parameter, "[OnPresence] void Hear(PresenceChange<Person> change) => Console.WriteLine(room);"));

    [Theory]
    [InlineData("[|IRoom<string, Other>|] room")]
    [InlineData("[|IRoom<string, string>|] room")]
    [InlineData("[|IRoom<string, IEnumerable<Person>>|] room")]
    public Task Members_need_a_context(string parameter) =>
        WrongCode.Raises(DiagnosticIds.NoJsonContext, Controller("[Room(\"a\")] " + parameter, "[OnOpen] void Enter() => Console.WriteLine(room);"));

    [Fact]
    public Task Members_that_no_context_can_name_are_refused() => WrongCode.Raises(DiagnosticIds.NoJsonContext, """
        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A
        {
            private readonly object room;

            private A([Room("a")] [|IRoom<string, Hidden>|] room) => this.room = room;

            [OnOpen] void Enter() => Console.WriteLine(room);

            private sealed record Hidden(string Name);
        }
        """);

    [Fact]
    public Task Members_need_one_context() => WrongCode.Raises(
        DiagnosticIds.SeveralJsonContexts,
        Controller("[Room(\"a\")] [|IRoom<string, Person>|] room", "[OnOpen] void Enter() => Console.WriteLine(room);")
            + "\n[JsonSerializable(typeof(Person))]\ninternal sealed partial class Second : JsonSerializerContext;");

    [Theory]
    [InlineData(DiagnosticIds.WriteOnlyContext, "Written")]
    [InlineData(DiagnosticIds.UnmakeableMessage, "Unmade")]
    public Task Other_servers_must_be_able_to_read_members(string id, string member) => WrongCode.Raises(
        id,
        Controller($"[Room(\"a\")] [|IRoom<string, {member}>|] room", "[OnOpen] void Enter() => Console.WriteLine(room);") + """

        public sealed record Written(string Name);

        public sealed class Unmade
        {
            private Unmade() { }
        }

        [JsonSerializable(typeof(Written), GenerationMode = JsonSourceGenerationMode.Serialization)]
        [JsonSerializable(typeof(Unmade))]
        internal sealed partial class Json2 : JsonSerializerContext;
        """);

    [Theory]
    [InlineData(Room, "[OnOpen] void Enter() => Console.WriteLine(room);")]
    [InlineData(Room, "[OnPresence] void Hear(PresenceChange<Person>? change) => Console.WriteLine(room);")]
    [InlineData(Room + ", [Room(\"b\")] IRoom<string> other", "[OnPresence] string? Hear(PresenceChange<Person> change) => $\"{room}{other}\";")]
    [InlineData(Room + ", IRooms<int, Person>? others = null", "[OnPresence] ValueTask<string> Hear(CancellationToken stopping, PresenceChange<Person> change) => new($\"{room}{others}\");")]
    [InlineData("IRooms<string, Person> rooms", "[OnPresence] async IAsyncEnumerable<string> Hear(PresenceChange<Person> change) { await Task.Yield(); yield return $\"{rooms}\"; }")]
    public Task Presence_that_fits(string parameters, string members) => WrongCode.RaisesNothing(Controller(parameters, members));

    [Theory]
    [InlineData("[Room(\"a\")] IRoom<string, int> room", "[OnPresence] void Hear(PresenceChange<int> change) => Console.WriteLine(room);", "CS0452")]
    [InlineData("IRooms<string, int?> room", "[OnOpen] void Hear() => Console.WriteLine(room);", "CS0452")]
    [InlineData(Room, "[OnPresence] void Hear(PresenceChange<Guid> change) => Console.WriteLine(room);", "CS0452")]
    [InlineData("[Room(\"a\")] IRoom<string, Nobody> room", "[OnPresence] void Hear(PresenceChange<Person> change) => Console.WriteLine(room);", "CS0246")]
    [InlineData(Room, "[OnPresence] void Hear(PresenceChange<Nobody> change) => Console.WriteLine(room);", "CS0246")]
    [InlineData("[Room(\"a\")] IRom<string, Person> room", "[OnPresence] void Hear(PresenceChange<Person> change) => Console.WriteLine(room);", "CS0246")]
    [InlineData("[Room(\"a\")] IRoom<string, Math> room", "[OnOpen] void Hear() => Console.WriteLine(room);", "CS0718")]
    [InlineData("[Room(\"a\")] IRoom<string, Span<int>> room", "[OnOpen] void Hear() => Console.WriteLine(room);", "CS9244")]
    public async Task What_the_compiler_says_of_members_is_not_said_again(string parameters, string members, string error)
    {
        var run = GeneratorRun.Of(Controller(parameters, members));

        Assert.Empty((await KraitAnalyzers.Analyze(run.Output)).Select(diagnostic => diagnostic.ToString()));
        Assert.Equal([error], Errors(run).Select(diagnostic => diagnostic.Id).Distinct());
        Assert.DoesNotContain(Errors(run), diagnostic => run.IsGenerated(diagnostic.Location.SourceTree!));
    }

    private static IEnumerable<Diagnostic> Errors(GeneratorRun run) =>
        run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static string Controller(string parameters, string members) => $$"""
        using System.Text.Json.Serialization;

        public sealed record Person(string Name);

        public sealed record Guest(string Name);

        public sealed record Other(string Name);

        [JsonSerializable(typeof(Person))]
        [JsonSerializable(typeof(Guest))]
        [JsonSerializable(typeof(object))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A({{parameters}})
        {
            {{members}}
        }
        """;
}
