using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

/// <summary>Fixes of rooms that do not fit their controllers, and of what their messages and clients need: KRAIT027, KRAIT028, KRAIT029 and KRAIT082.</summary>
public sealed class RoomFixTests
{
    [Theory]
    [InlineData("IRoom<int>")]
    [InlineData("IRooms<string>")]
    [InlineData("string")]
    public Task A_room_of_another_type_becomes_one_of_what_the_controller_sends(string wrong) =>
        Mended<FitRoomFix>.Gives(Controller($"[Room(\"a\")] {wrong} room"), Controller("[Room(\"a\")] IRoom<string> room"));

    [Theory]
    [InlineData("IRoom<int, object>")]
    [InlineData("IRooms<string, object>")]
    public Task A_room_of_another_type_keeps_its_members(string wrong) =>
        Mended<FitRoomFix>.Gives(Presence($"[Room(\"a\")] {wrong} room"), Presence("[Room(\"a\")] IRoom<string, object> room"));

    [Theory]
    [InlineData("PresenceChange<Version>")]
    [InlineData("PresenceChange<Version?>")]
    [InlineData("Krait.PresenceChange<Version>")]
    public Task A_handler_takes_changes_of_the_members_that_the_room_lists(string wrong) => Mended<FitPresenceFix>.Gives(
        Presence("[Room(\"a\")] IRoom<string, object> room", wrong), Presence("[Room(\"a\")] IRoom<string, object> room"));

    [Theory]
    [InlineData("[Room(\"a\")] IRoom<string> room", "")]
    [InlineData("[Room(\"a\")] IRoom<string, object> room, IRooms<string, Version> others", " + others")]
    [InlineData("[Room(\"a\")] IRoom<string, object> room", " + change.Joined[0].Length", "string")]
    public Task Presence_with_another_fault_is_left_alone(string rooms, string use, string member = "object") =>
        Mended<FitPresenceFix>.Leaves(Presence(rooms, $"PresenceChange<{member}>", use));

    [Fact]
    public Task Every_room_of_a_project_is_mended_at_once() => Mended<FitRoomFix>.GivesAll(
        Controller("[Room(\"a\")] IRoom<int> room, [Room(\"b\")] IRoom<long> other"),
        Controller("[Room(\"a\")] IRoom<string> room, [Room(\"b\")] IRoom<string> other"));

    [Fact]
    public Task A_room_with_a_value_that_the_route_lacks_is_left_alone() =>
        Mended<FitRoomFix>.Leaves(Controller("[Room(\"a/{id}\")] IRoom<string> room"));

    [Fact]
    public Task A_room_whose_type_is_needed_elsewhere_is_left_alone() =>
        Mended<FitRoomFix>.Leaves(Controller("[Room(\"a\")] IRoom<int> room", "room.Send(1);"));

    [Fact]
    public Task A_value_that_the_route_lacks_becomes_the_only_one_that_it_has() => Mended<FitRoomFix>.Gives(
        Controller("[Room(\"a/{rom}/{room}\")] IRoom<string> room", route: "/a/{room:int}"),
        Controller("[Room(\"a/{room}/{room}\")] IRoom<string> room", route: "/a/{room:int}"));

    [Fact]
    public Task A_value_that_may_be_any_of_several_is_left_alone() =>
        Mended<FitRoomFix>.Leaves(Controller("[Room(\"a/{id}\")] IRoom<string> room", route: "/{a}/{b}"));

    [Fact]
    public Task A_resumption_without_its_mark_gets_it() => Mended<AddResumeFix>.Gives(Resuming("Resumption resumed"), Resuming("[Resume] Resumption resumed"));

    [Theory]
    [InlineData("[Resume] string resumed")]
    [InlineData("[Resume(From = \"\")] Resumption resumed")]
    public Task A_resumption_with_another_fault_is_left_alone(string parameter) => Mended<AddResumeFix>.Leaves(Resuming(parameter));

    [Theory]
    [InlineData("SlowReaderPolicy.DropNewest, Key = nameof(Symbol)", "SlowReaderPolicy.Conflate, Key = nameof(Symbol)")]
    [InlineData("policy: (SlowReaderPolicy)0, Key = nameof(Symbol)", "policy: SlowReaderPolicy.Conflate, Key = nameof(Symbol)")]
    public Task A_policy_with_a_key_becomes_Conflate(string before, string after) => Mended<ConflateFix>.Gives(Slow(before), Slow(after));

    [Theory]
    [InlineData("SlowReaderPolicy.Conflate")]
    [InlineData("SlowReaderPolicy.Conflate, Key = \"Sign\"")]
    public Task A_policy_without_a_usable_key_is_left_alone(string arguments) => Mended<ConflateFix>.Leaves(Slow(arguments));

    private static string Presence(string rooms, string change = "PresenceChange<object>", string use = "") => $$"""
        [System.Text.Json.Serialization.JsonSerializable(typeof(object))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A({{rooms}})
        {
            [OnPresence] string Take({{change}} change) => $"{change}{room}"{{use}};
        }
        """;

    private static string Resuming(string parameter) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A([Room("a")] IRoom<string> room)
        {
            [OnOpen] string Enter({{parameter}}) => $"{room}{resumed}";
        }
        """;

    private static string Slow(string arguments) => $$"""
        using System.Text.Json.Serialization;

        [WhenSlow({{arguments}})]
        public sealed record Tick(string Symbol);

        [JsonSerializable(typeof(Tick))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A([Room("a")] IRoom<Tick> room)
        {
            [OnMessage] void Hear(string symbol) => room.Send(new(symbol));
        }
        """;

    private static string Controller(string rooms, string statement = "Console.WriteLine($\"{text}{room}\");", string route = "/a") =>
        $$"""
        [WebSocketController("{{route}}", Sends = typeof(string))]
        public sealed partial class A({{rooms}})
        {
            [OnMessage] void Take(string text) { {{statement}} }
        }
        """;
}
