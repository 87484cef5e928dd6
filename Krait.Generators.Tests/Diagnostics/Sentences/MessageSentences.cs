using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of message types, contexts, codecs and ids: KRAIT046, KRAIT070, KRAIT071, KRAIT073 to KRAIT076.</summary>
internal static class MessageSentences
{
    private const string Types = """


        public sealed record Say(string Text);

        public sealed record Said(string Text);

        public sealed class SayCodec : IMessageDecoder<Say>
        {
            public Say Decode(in ReceivedMessage message) => new("");
        }

        public sealed class NumberCodec : IMessageDecoder<int>
        {
            public int Decode(in ReceivedMessage message) => 1;
        }

        public sealed class HungryCodec(string path) : IMessageDecoder<Say>
        {
            public Say Decode(in ReceivedMessage message) => new(path);
        }

        public sealed class UnsetCodec : IMessageDecoder<Say>
        {
            public required string Text { get; init; }

            public Say Decode(in ReceivedMessage message) => new(Text);
        }

        public sealed class TwofoldCodec : IMessageDecoder<Say>
        {
            public TwofoldCodec(ILogger log) => Console.WriteLine(log);

            public TwofoldCodec(IConfiguration settings) => Console.WriteLine(settings);

            public Say Decode(in ReceivedMessage message) => new("");
        }

        file sealed class HiddenCodec : IMessageDecoder<Say>
        {
            public Say Decode(in ReceivedMessage message) => new("");
        }

        public sealed class PairCodec<TKey, TValue> : IMessageDecoder<TValue>
        {
            public TValue Decode(in ReceivedMessage message) => throw new FormatException();
        }
        """;

    public static IReadOnlyList<Sentence> All { get; } =
    [
        Of(DiagnosticIds.ForeignMessage, "'Hear' takes 'string', but the controller receives 'byte[]'; take that, or change Receives", "Receives = typeof(byte[])", "[OnMessage] void Hear([|string|] message) { }"),
        Of(DiagnosticIds.ForeignMessage, "'Fail' takes 'byte[]', but the controller receives 'string'; take that", "", "[OnMessage] void Hear(string message) { }\n    [OnError] void Fail(Exception error, [|byte[]?|] message) { }"),
        Of(DiagnosticIds.NoJsonContext,
            "'IEnumerable<string>' cannot be a JSON message: no JsonSerializerContext lists it; return IAsyncEnumerable<string> to send each item by itself, "
            + "or add [JsonSerializable(typeof(IEnumerable<string>))] to 'Json'",
            "", "[OnMessage] [|IEnumerable<string>|] Hear(string message) => [message];", Context("Json", "Said")),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: no JsonSerializerContext lists it; declare a partial class with [JsonSerializable(typeof(Say))] that derives from JsonSerializerContext", "", "[OnMessage] void Hear([|Say|] message) { }"),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: no JsonSerializerContext lists it; add [JsonSerializable(typeof(Say))] to 'Json'", "", "[OnMessage] void Hear([|Say|] message) { }", Context("Json", "Said")),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: no JsonSerializerContext lists it; add [JsonSerializable(typeof(Say))] to one of your contexts",
            "", "[OnMessage] void Hear([|Say|] message) { }", Context("Json", "Said") + Context("Other", "int")),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: 'Json' has no [JsonSerializable(typeof(Say))]; add it there", "JsonContext = [|typeof(Json)|]", "[OnMessage] void Hear(Say message) { }", Context("Json", "Said")),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: 'Said' is not a JsonSerializerContext that can be used here; name one that is partial and accessible", "JsonContext = [|typeof(Said)|]", "[OnMessage] void Hear(Say message) { }"),
        Of(DiagnosticIds.NoJsonContext,
            "'A.Secret' cannot be a JSON message: it is less accessible than internal, so no JsonSerializerContext sees it; make it internal", "", "[OnMessage] void Hear([|Secret|] message) { }\n    private sealed record Secret(string Text);"),
        Of(DiagnosticIds.SeveralJsonContexts,
            "Several contexts have [JsonSerializable(typeof(Say))]: 'Json', 'Other'; name one of them as JsonContext", "", "[OnMessage] void Hear([|Say|] message) { }", Context("Json", "Say") + Context("Other", "Say")),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'byte[]', but the controller sends 'string'; reply with that, or set Sends to a type that both are", "Sends = typeof(string)", "[OnMessage] [|byte[]|] Hear(string message) => [];"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'byte[]', but the controller sends 'string'; reply with that, or set Sends to a type that both are", "", "[OnOpen] string Greet() => \"\";\n    [OnMessage] [|byte[]|] Hear(string message) => [];"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'A.Hidden', but the controller sends only types that can be stored and that every file can name; reply with one of these", "", "[OnOpen] int[] Greet() => [];\n    [OnMessage] [|Hidden|] Hear(string message) => default;\n    internal ref struct Hidden;"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'string', 'int[]'; give them a common base, such as 'abstract record Message', that lists each of them in [JsonDerivedType], or split the controller",
            "", "[OnMessage] void Hear(string message) { }\n    [OnMessage] void Count([|int[]|] message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'string', 'object'; give them a common base, such as 'abstract record Message', that lists each of them in [JsonDerivedType], or split the controller",
            "", "[OnMessage] void Hear(string message) { }\n    [OnMessage] void Other([|object|] message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'A.Hidden'; take a type that can be stored and that every file can name", "", "[OnError] void Fail(Exception error, int[]? failed) { }\n    [OnMessage] void Hear([|Hidden|] message) { }\n    internal ref struct Hidden;"),
        Codec("[MessageCodec([|typeof(Say)|])]", "'Say' cannot serve as codec: it neither decodes 'string', which the controller receives, nor encodes 'string', which it sends; let it implement IMessageDecoder or IMessageEncoder of these", "string"),
        Codec("[MessageCodec([|typeof(IMessageDecoder<Say>)|])]", "'IMessageDecoder<Say>' cannot serve as codec: it is no class that can be constructed; name one that is"),
        Codec("[MessageCodec([|typeof(PairCodec<,>)|])]", "'PairCodec<,>' cannot serve as codec: an open generic codec has one type parameter, which stands for the message; close it over the others"),
        Codec("[MessageCodec([|typeof(HiddenCodec)|])]", "'HiddenCodec' cannot serve as codec: generated code cannot name it; make it internal"),
        Codec("[MessageCodec([|typeof(TwofoldCodec)|])]", "'TwofoldCodec' cannot serve as codec: nothing says which constructor to use; make one public, or mark it with [ActivatorUtilitiesConstructor]"),
        Codec("[MessageCodec([|typeof(UnsetCodec)|])]", "'UnsetCodec' cannot serve as codec: it requires 'Text' to be set; take the value in the constructor"),
        Codec("[MessageCodec([|typeof(HungryCodec)|])]", "'HungryCodec' cannot serve as codec: its parameter 'path' is no service; take singletons alone, of which a codec is built"),
        Codec("[MessageCodec(typeof(SayCodec), Protocol = [|\"b\"|])]", "'SayCodec' cannot serve as codec: 'b' is none of the controller's Protocols; add it to them, or name one of them"),
        Codec("[MessageCodec(typeof(SayCodec)), MessageCodec([|typeof(SayCodec)|])]", "'SayCodec' cannot serve as codec: another one already reads 'Say' for the same connections; tell them apart by Protocol"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer(int Id)", "the reply has none; give it a property of type 'int' with that attribute"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer([property: CorrelationId] int Id, [property: CorrelationId] int Other)", "the reply has several; mark one alone"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer([property: CorrelationId] long Number)", "'Number' of the reply is of type 'long', not 'int'; give both one type"),
        Id("record Question([property: CorrelationId] int Id)", "class Answer { [CorrelationId] public int Id { get; init; } }", "'Id' of the reply cannot be set; make the reply a record, or the property settable"),
        Id("record Question([property: CorrelationId] DateTime Id)", "record Answer([property: CorrelationId] DateTime Id)", "'Id' is no string, Guid or integer that can be read here; mark one that is"),
        Id("record Question([property: CorrelationId] int Id, [property: CorrelationId] int Other)", "record Answer([property: CorrelationId] int Id)", "'Question' has several; mark one alone"),
    ];

    private static Sentence Of(string id, string text, string arguments, string members, string types = "") =>
        new(id, text, $"[WebSocketController(\"/a\"{(arguments.Length > 0 ? ", " : "")}{arguments})]\npublic sealed partial class A\n{{\n    {members}\n}}{types}{Types}");

    private static string Context(string name, string type) =>
        $"\n\n[System.Text.Json.Serialization.JsonSerializable(typeof({type}))]\ninternal sealed partial class {name} : System.Text.Json.Serialization.JsonSerializerContext;";

    private static Sentence Codec(string attributes, string text, string type = "Say") => new(
        DiagnosticIds.UnfitCodec, text, $"{attributes}\n[WebSocketController(\"/a\", Protocols = \"a\", Sends = typeof(string))]\npublic sealed partial class A\n{{\n    [OnMessage] void Hear({type} message) {{ }}\n}}{Types}");

    private static Sentence Id(string question, string answer, string reason) => new(
        DiagnosticIds.UncorrelatedReply,
        $"The reply 'Answer' cannot carry the [CorrelationId] of the message 'Question': {reason}",
        $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] [|Answer?|] Question(Question question) => null;
        }

        public sealed {{question}};

        public sealed {{answer}}{{(answer.EndsWith('}') ? "" : ";")}}

        [System.Text.Json.Serialization.JsonSerializable(typeof(Question))]
        [System.Text.Json.Serialization.JsonSerializable(typeof(Answer))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """);
}
