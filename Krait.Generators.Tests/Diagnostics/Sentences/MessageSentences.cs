using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of message types, contexts, codecs and ids: KRAIT046, KRAIT070, KRAIT071, KRAIT073 to KRAIT076, KRAIT084.</summary>
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
        Of(DiagnosticIds.ForeignMessage, "'Hear' takes 'string', but the controller receives 'byte[]'; take that type, or change Receives", "Receives = typeof(byte[])", "[OnMessage] void Hear([|string|] message) { }"),
        Of(DiagnosticIds.ForeignMessage, "'Fail' takes 'byte[]', but the controller receives 'string'; take that type", "", "[OnMessage] void Hear(string message) { }\n    [OnError] void Fail(Exception error, [|byte[]?|] message) { }"),
        Of(DiagnosticIds.NoJsonContext,
            "'IEnumerable<string>' cannot be a JSON message: no JsonSerializerContext lists it; return IAsyncEnumerable<string> to send each item as its own message, "
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
            "'Say' cannot be a JSON message: 'Json' has no [JsonSerializable(typeof(Say))]; add it", "JsonContext = [|typeof(Json)|]", "[OnMessage] void Hear(Say message) { }", Context("Json", "Said")),
        Of(DiagnosticIds.NoJsonContext,
            "'Say' cannot be a JSON message: 'Said' is not a partial and accessible JsonSerializerContext; set JsonContext to one that is", "JsonContext = [|typeof(Said)|]", "[OnMessage] void Hear(Say message) { }"),
        Of(DiagnosticIds.NoJsonContext,
            "'A.Secret' cannot be a JSON message: no JsonSerializerContext can reference it because it is private; make it internal", "", "[OnMessage] void Hear([|Secret|] message) { }\n    private sealed record Secret(string Text);"),
        Of(DiagnosticIds.SeveralJsonContexts,
            "Several contexts have [JsonSerializable(typeof(Say))]: 'Json', 'Other'; set JsonContext to one of them", "", "[OnMessage] void Hear([|Say|] message) { }", Context("Json", "Say") + Context("Other", "Say")),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'byte[]', but the controller sends 'string'; reply with that type, or set Sends to a common base type", "Sends = typeof(string)", "[OnMessage] [|byte[]|] Hear(string message) => [];"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'byte[]', but the controller sends 'string'; reply with that type, or set Sends to a common base type", "", "[OnOpen] string Greet() => \"\";\n    [OnMessage] [|byte[]|] Hear(string message) => [];"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'A.Hidden', but the controller sends only messages, and this type cannot be one, because it is a ref struct; use a class, or a struct without 'ref'", "", "[OnOpen] int[] Greet() => [];\n    [OnMessage] [|Hidden|] Hear(string message) => default;\n    internal ref struct Hidden;"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'string', 'int[]', but these are not one union; derive them from a base, such as 'abstract record Message', with [JsonDerivedType] for each, or split the controller",
            "", "[OnMessage] void Hear(string message) { }\n    [OnMessage] void Count([|int[]|] message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'string', 'object', but these are not one union; derive them from a base, such as 'abstract record Message', with [JsonDerivedType] for each, or split the controller",
            "", "[OnMessage] void Hear(string message) { }\n    [OnMessage] void Other([|object|] message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'A.Hidden', which cannot be a message, because it is a ref struct; use a class, or a struct without 'ref'", "", "[OnError] void Fail(Exception error, int[]? failed) { }\n    [OnMessage] void Hear([|Hidden|] message) { }\n    internal ref struct Hidden;"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'IParsable<int>', which cannot be a message, because it has static abstract members; use a class, or an interface without them",
            "Receives = [|typeof(IParsable<int>)|]", "[OnMessage] void Hear(object message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'List<>', which cannot be a message, because it has no type arguments; add them", "Receives = [|typeof(List<>)|]", "[OnMessage] void Hear(object message) { }"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'dynamic', which cannot be a message, because it is dynamic, and Krait must know the type at compile time; use object or a class",
            "", "[OnMessage] void Hear([|dynamic|] message) { }"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'dynamic', but the controller sends only messages, and this type cannot be one, because it is dynamic, and Krait must know the type at compile time; use object or a class",
            "", "[OnMessage] [|dynamic|] Hear(string message) => message;"),
        Of(DiagnosticIds.UnsendableReply,
            "'A' replies with 'Console', but the controller sends only messages, and this type cannot be one, because it is static; use a class that has instances", "Sends = [|typeof(Console)|]", "[OnMessage] void Hear(string message) { }"),
        Of(DiagnosticIds.UnsendableReply,
            "'A' replies with 'void', but the controller sends only messages, and this type cannot be one, because C# does not allow it as a type argument; use a class or a struct", "Sends = [|typeof(void)|]", "[OnMessage] void Hear(string message) { }"),
        Of(DiagnosticIds.ForeignMessage,
            "'Hear' takes 'ReadOnlySpan<char>', but the controller receives 'string'; take that type, or change Receives", "Receives = typeof(string)", "[OnMessage] void Hear([|ReadOnlySpan<char>|] message) { }"),
        Codec("[MessageCodec([|typeof(Say)|])]", "'Say' cannot be used as a codec: it neither decodes the received type 'string' nor encodes the sent type 'string'; implement IMessageDecoder<T> or IMessageEncoder<T> for one of them", "string"),
        Codec("[MessageCodec([|typeof(IMessageDecoder<Say>)|])]", "'IMessageDecoder<Say>' cannot be used as a codec: it cannot be constructed; name a class that can"),
        Codec("[MessageCodec([|typeof(PairCodec<,>)|])]", "'PairCodec<,>' cannot be used as a codec: an open generic codec can have only one type parameter, the message type; specify its type arguments"),
        Codec("[MessageCodec([|typeof(HiddenCodec)|])]", "'HiddenCodec' cannot be used as a codec: generated code cannot reference it; make it internal"),
        Codec("[MessageCodec([|typeof(TwofoldCodec)|])]", "'TwofoldCodec' cannot be used as a codec: Krait cannot tell which constructor to use; make only one public, or mark one with [ActivatorUtilitiesConstructor]"),
        Codec("[MessageCodec([|typeof(UnsetCodec)|])]", "'UnsetCodec' cannot be used as a codec: Krait cannot set its required member 'Text'; take the value in the constructor"),
        Codec("[MessageCodec([|typeof(HungryCodec)|])]", "'HungryCodec' cannot be used as a codec: its constructor parameter 'path' is not a service; take only singleton services"),
        Codec("[MessageCodec(typeof(SayCodec), Protocol = [|\"b\"|])]", "'SayCodec' cannot be used as a codec: the controller's Protocols do not contain 'b'; add it, or use one of them"),
        Codec("[MessageCodec(typeof(SayCodec)), MessageCodec([|typeof(SayCodec)|])]", "'SayCodec' cannot be used as a codec: another codec already reads 'Say' for the same connections; give each its own Protocol"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer(int Id)", "the reply has no property with it; add one of type 'int'"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer([property: CorrelationId] int Id, [property: CorrelationId] int Other)", "the reply has several properties with it; mark only one"),
        Id("record Question([property: CorrelationId] int Id)", "record Answer([property: CorrelationId] long Number)", "'Number' of the reply has the type 'long', not 'int'; use one type for both"),
        Id("record Question([property: CorrelationId] int Id)", "class Answer { [CorrelationId] public int Id { get; init; } }", "'Id' of the reply cannot be set; make the reply a record, or add a setter"),
        Id("record Question([property: CorrelationId] DateTime Id)", "record Answer([property: CorrelationId] DateTime Id)", "'Id' is not a readable string, Guid or integer; mark another property"),
        Id("record Question([property: CorrelationId] int Id, [property: CorrelationId] int Other)", "record Answer([property: CorrelationId] int Id)", "'Question' has several properties with it; mark only one"),
        Trace("[[|TraceParent|]] public int Parent { get; init; }", "'Say.Parent' has [TraceParent], but its type is 'int'; make it a string"),
        Trace("[[|TraceParent|]] public string? Parent { private get; init; }", "'Say.Parent' has [TraceParent], but generated code cannot read it; add a getter that is at least internal"),
        Trace("[TraceParent] public string? One { get; init; }\n    [[|TraceParent|]] public string? Two { get; init; }", "'Say.Two' has [TraceParent], but 'Say' has it twice; mark only one property"),
    ];

    private static Sentence Trace(string properties, string text) => new(
        DiagnosticIds.UnfitTraceParent,
        text,
        $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] string Hear(Say say) => say.ToString();
        }

        public sealed record Say
        {
            {{properties}}
        }

        [System.Text.Json.Serialization.JsonSerializable(typeof(Say))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """);

    private static Sentence Of(string id, string text, string arguments, string members, string types = "") =>
        new(id, text, $"[WebSocketController(\"/a\"{(arguments.Length > 0 ? ", " : "")}{arguments})]\npublic sealed partial class A\n{{\n    {members}\n}}{types}{Types}");

    private static string Context(string name, string type) =>
        $"\n\n[System.Text.Json.Serialization.JsonSerializable(typeof({type}))]\ninternal sealed partial class {name} : System.Text.Json.Serialization.JsonSerializerContext;";

    private static Sentence Codec(string attributes, string text, string type = "Say") => new(
        DiagnosticIds.UnfitCodec, text, $"{attributes}\n[WebSocketController(\"/a\", Protocols = \"a\", Sends = typeof(string))]\npublic sealed partial class A\n{{\n    [OnMessage] void Hear({type} message) {{ }}\n}}{Types}");

    private static Sentence Id(string question, string answer, string reason) => new(
        DiagnosticIds.UncorrelatedReply,
        $"Krait cannot copy the [CorrelationId] of 'Question' to the reply 'Answer': {reason}",
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
