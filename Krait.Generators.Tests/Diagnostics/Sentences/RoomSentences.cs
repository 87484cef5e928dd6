using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of rooms and slow readers: KRAIT027, KRAIT028, KRAIT029, KRAIT082, KRAIT083 and KRAIT099.</summary>
internal static class RoomSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Room("[Room([|\"\"|])] IRoom<string> room", "The room '' is empty; write a name such as \"chat/{room}\""),
        Room("[Room([|\"a\\n\"|])] IRoom<string> room", "The room 'a?' contains a control character; remove it"),
        Room("[Room([|\"a/{id\"|])] IRoom<string> room", "The room 'a/{id' has a '{' without its pair; write route values as {name}"),
        Room("[Room([|\"a}\"|])] IRoom<string> room", "The room 'a}' has a '}' without its pair; write route values as {name}"),
        Room("[Room([|\"a/{}\"|])] IRoom<string> room", "The room 'a/{}' has '{}' without a name; write the name of a route value between the braces"),
        Room("[Room(\"a/[|{rom}|]\")] IRoom<string> room",
            "The room 'a/{rom}' uses {rom}, but the route pattern '/a' has no such value; add {rom} to the pattern, or correct the name"),
        Room("[Room(\"a\")] [|string|] room", "The room 'a' marks a parameter of type 'string'; take IRoom<string>"),
        Room("[Room(\"a\")] [|IRooms<string, object>|] room", "The room 'a' marks a parameter of type 'IRooms<string, object>'; take IRoom<string, object>"),
        Room("[Room(\"a\")] [|IRoom<int, object>|] room",
            "The room 'a' sends 'int', but the controller sends 'string'; take IRoom<string, object>, or set Sends"),
        Room("[Room(\"a\")] [|IRoom<int>|] room", "The room 'a' sends 'int', but the controller sends 'string'; take IRoom<string>, or set Sends"),
        Policy("[WhenSlow([|SlowReaderPolicy.Conflate|])]", "'Tick' needs a Key; name the property that tells the messages apart, such as Key = nameof(Id)"),
        Policy("[WhenSlow(SlowReaderPolicy.DropOldest, Key = [|\"Symbol\"|])]", "'Tick' has a Key, which only SlowReaderPolicy.Conflate uses; use that policy, or remove the Key"),
        Policy("[WhenSlow(SlowReaderPolicy.Conflate, Key = [|\"Sign\"|])]",
            "'Tick' has the Key 'Sign', but no readable property of that name; name one that generated code can read"),
        Policy("[WhenSlow(SlowReaderPolicy.Conflate, Key = [|\"Prices\"|])]",
            "'Tick' has the Key 'Prices' of type 'int[]', which does not compare by value; use a string, number, Guid, enum or record"),
        Policy("[WhenSlow([|SlowReaderPolicy.DropNewest|])]",
            "'Tick' answers a request, which waits for it; use SlowReaderPolicy.Close, or another type for what rooms send", "[OnMessage] Tick Hear(Ask message) => new(message.Id, \"\", []);"),
        Resume("[Resume] [|int|] at", "The parameter 'at' has [Resume] and the type 'int'; take a Resumption"),
        Resume("[|Resumption|] at", "The parameter 'at' is a Resumption without [Resume]; add [Resume]"),
        Resume("[Resume] Resumption [|at|]", "The parameter 'at' needs a room, but the constructor takes none; mark a parameter of the constructor with [Room]", rooms: ""),
        Resume("[Resume] Resumption [|at|]",
            "The parameter 'at' needs one room, but the constructor takes several; keep one [Room], and join the others by IRooms", rooms: "[Room(\"a\")] IRoom<string> a, [Room(\"b\")] IRoom<string> b"),
        Resume("[Resume] Resumption at, [Resume(From = \"or\")] Resumption [|or|]", "The parameter 'or' is the second Resumption; take only one"),
        Resume("[Resume(From = [|\"\"|])] Resumption at", "The parameter 'at' has an empty From; write the name of a query value, such as \"at\""),
        Resume("[Resume] Resumption [|at|]", "The parameter 'at' is a Resumption, which only [OnOpen] can take; move it there", "OnClose"),
        Position("record Tick([property: [|RoomPosition|]] int At);", "'Tick.At' has [RoomPosition], but its type is 'int'; make it a string"),
        Position("record Tick([property: RoomPosition] string? At, [property: [|RoomPosition|]] string? On);",
            "'Tick.On' has [RoomPosition], but 'Tick' has it twice; mark only one property"),
        Position("class Tick { [[|RoomPosition|]] public string? At { get; init; } }",
            "'Tick.At' has [RoomPosition], but it cannot be set; make 'Tick' a record, or add a setter"),
        Presence("[Room(\"a\")] IRoom<string> room", "void [|Hear|](PresenceChange<object> change)",
            "'Hear' needs a room with members, but the constructor takes none; mark a parameter with [Room] whose type is IRoom<TSend, object>"),
        Presence("[Room(\"a\")] IRoom<string, object> room", "void Hear([|PresenceChange<Version>|] change)",
            "'Hear' takes changes of 'Version', but the rooms list 'object'; take PresenceChange<object>"),
        Presence("[Room(\"a\")] IRoom<string, object> room, [Room(\"b\")] [|IRoom<string, Version>|] other", "void Hear(PresenceChange<object> change)",
            "'other' lists members of type 'Version', but 'room' lists members of type 'object'; use one type for all rooms of the controller"),
        Presence("[Room(\"a\")] [|IRoom<string, dynamic>|] room", "void Hear(PresenceChange<object> change)",
            "'room' cannot list members of type 'dynamic', because it is dynamic, and Krait must know the type at compile time; use object or a class"),
        FanOut("foreach (var member in members) member.[|TrySend|](message);", "TrySend"),
        FanOut("foreach (var pair in others) await pair.Value.[|SendAsync|](message);", "SendAsync"),
        FanOut("await Task.WhenAll(members.Select(member => member.[|SendAsync|](message).AsTask()));", "SendAsync"),
    ];

    private static Sentence Room(string parameter, string text) => new(
        DiagnosticIds.UnfitRoom,
        text,
        $"[WebSocketController(\"/a\", Sends = typeof(string))]\npublic sealed partial class A({parameter})\n{{\n    [OnMessage] string Echo(string message) => message + room;\n}}");

    private static Sentence Policy(string mark, string text, string handler = "[OnMessage] void Hear(Ask message) => TrySend(new(message.Id, \"\", []));") => new(
        DiagnosticIds.UnfitPolicy,
        text,
        $$"""
        using System.Text.Json.Serialization;

        public sealed record Ask([property: CorrelationId] int Id);

        {{mark}}
        public sealed record Tick([property: CorrelationId] int Id, string Symbol, int[] Prices);

        [JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
        [JsonSerializable(typeof(Ask))]
        [JsonSerializable(typeof(Tick))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(Tick))]
        public sealed partial class A
        {
            {{handler}}
        }
        """);

    private static Sentence Resume(string parameters, string text, string handler = "OnOpen", string rooms = "[Room(\"a\")] IRoom<string> room") => new(
        DiagnosticIds.UnfitResume,
        text,
        $"[WebSocketController(\"/a\", Sends = typeof(string))]\npublic sealed partial class A({rooms})\n{{\n    [{handler}] void Handle({parameters}) {{ }}\n    public override string ToString() => nameof(A){Read(rooms)};\n}}");

    private static string Read(string rooms) => string.Concat(rooms.Split(", ").Where(room => room.Length > 0).Select(room => $" + {room.Split(' ')[^1]}"));

    private static Sentence Position(string type, string text) => new(
        DiagnosticIds.UnfitPosition,
        text,
        $$"""
        using System.Text.Json.Serialization;

        public sealed {{type}}

        [JsonSerializable(typeof(Tick))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(Tick))]
        public sealed partial class A
        {
            [OnMessage] void Hear(string message) => Console.WriteLine(message);
        }
        """);

    private static Sentence Presence(string rooms, string handler, string text) => new(
        DiagnosticIds.UnfitPresence,
        text,
        $$"""
        [System.Text.Json.Serialization.JsonSerializable(typeof(object))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A({{rooms}})
        {
            [OnPresence] {{handler}} { }
            public override string ToString() => nameof(A){{Read(rooms.Replace("string, ", "string,", StringComparison.Ordinal))}};
        }
        """);

    private static Sentence FanOut(string statement, string method) => new(
        DiagnosticIds.HandWrittenFanOut,
        $"'{method}' sends the same message to each connection in a loop; use a room, which encodes it once and does not wait for slow clients",
        $$"""
        public static class Everybody
        {
            public static async Task Tell(List<IMessageSender<string>> members, Dictionary<string, WebSocketConnection<string>> others, string message)
            {
                {{statement}}
                await Task.Yield();
                Console.WriteLine(members.Count + others.Count);
            }
        }
        """);
}
