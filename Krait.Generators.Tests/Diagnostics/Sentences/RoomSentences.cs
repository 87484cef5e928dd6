using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of rooms and slow readers: KRAIT027, KRAIT082 and KRAIT099.</summary>
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
        Room("[Room(\"a\")] [|IRoom<int>|] room", "The room 'a' sends 'int', but the controller sends 'string'; take IRoom<string>, or set Sends"),
        Policy("[WhenSlow([|SlowReaderPolicy.Conflate|])]", "'Tick' needs a Key; name the property that tells the messages apart, such as Key = nameof(Id)"),
        Policy("[WhenSlow(SlowReaderPolicy.DropOldest, Key = [|\"Symbol\"|])]", "'Tick' has a Key, which only SlowReaderPolicy.Conflate uses; remove it"),
        Policy("[WhenSlow(SlowReaderPolicy.Conflate, Key = [|\"Sign\"|])]",
            "'Tick' has the Key 'Sign', but no readable property of that name; name one that generated code can read"),
        Policy("[WhenSlow(SlowReaderPolicy.Conflate, Key = [|\"Prices\"|])]",
            "'Tick' has the Key 'Prices' of type 'int[]', which does not compare by value; use a string, number, Guid, enum or record"),
        Policy("[WhenSlow([|SlowReaderPolicy.DropNewest|])]",
            "'Tick' answers a request, which waits for it; use SlowReaderPolicy.Close, or another type for what rooms send", "[OnMessage] Tick Hear(Ask message) => new(message.Id, \"\", []);"),
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
