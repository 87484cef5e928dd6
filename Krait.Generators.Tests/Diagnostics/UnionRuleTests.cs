using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class UnionRuleTests
{
    private const string Usings = "using System.Text.Json.Serialization;\n";

    /// <summary>A controller that takes all of a union.</summary>
    private const string Taker = """

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Take(Command command) => Console.WriteLine(command);
        }
        """;

    private const string Unhandled = Usings + """
        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Shout), "shout")]
        [JsonDerivedType(typeof(Wave), "wave")]
        [JsonDerivedType(typeof(Leave), "leave")]
        public abstract record Command;

        public record Say(string Text) : Command;

        public sealed record Shout(string Text) : Say(Text);

        public sealed record Wave : Command;

        public sealed record Leave : Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
            [OnMessage]
            void Hear(Say say) => Console.WriteLine(say);
        }
        """;

    [Fact]
    public Task Types_of_a_union_that_no_handler_takes() => WrongCode.Raises(DiagnosticIds.UnhandledMessage, Unhandled);

    [Fact]
    public async Task The_types_that_no_handler_takes_are_told_by_their_names()
    {
        var run = GeneratorRun.Of(MarkedSource.Parse(Unhandled).Text);

        var diagnostic = Assert.Single(await KraitAnalyzers.Analyze(run.Output));

        Assert.StartsWith("'A' has no handler for 'Wave', 'Leave', so Krait refuses such messages;", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public abstract record Command;", ": Command", "but 'Command' does not list them; add [JsonDerivedType] for each")]
    [InlineData("", "", "derive them from a base, such as 'abstract record Message', with [JsonDerivedType] for each")]
    public async Task Handlers_of_types_that_no_union_lists_are_told_how_to_make_one(string union, string derives, string cure)
    {
        var run = GeneratorRun.Of($$"""
            {{union}}

            public sealed record Say(string Text) {{derives}};

            public sealed record Wave {{derives}};

            [WebSocketController("/a", Sends = typeof(string))]
            public sealed partial class A
            {
                [OnMessage]
                void Hear(Say say) => Console.WriteLine(say);

                [OnMessage]
                void See(Wave wave) => Console.WriteLine(wave);
            }
            """);

        var diagnostic = Assert.Single(await KraitAnalyzers.Analyze(run.Output), diagnostic => diagnostic.Id == DiagnosticIds.UnrelatedMessages);

        Assert.Contains(cure, diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public Task A_handler_of_a_type_that_the_union_does_not_list() => WrongCode.Raises(DiagnosticIds.ForeignMessage, Usings + """
        [JsonDerivedType(typeof(Say), "say")]
        public abstract record Command;

        public sealed record Say(string Text) : Command;

        public sealed record Wave : Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        [WebSocketController("/a", Receives = typeof(Command))]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(Say say) => Console.WriteLine(say);

            [OnMessage]
            void See([|Wave|] wave) => Console.WriteLine(wave);
        }
        """);

    [Fact]
    public Task Handlers_of_which_each_would_take_everything() => WrongCode.Raises(DiagnosticIds.UnreachableHandler, Usings + """
        public sealed record Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        [WebSocketController("/a", Receives = typeof(Command))]
        public sealed partial class A
        {
            [OnMessage]
            void Other([|object|] other) => Console.WriteLine(other);

            [OnMessage]
            void Take(Command command) => Console.WriteLine(command);
        }
        """);

    [Theory]
    [InlineData(DiagnosticIds.ForeignMessage, "public sealed record Stray;", "[|Stray|]")]
    [InlineData(DiagnosticIds.LimitOutOfRange, "[RateLimit([|1|])]\nfile sealed record Stray : Command;", "Command")]
    [InlineData(DiagnosticIds.LimitOutOfRange, "[MaxMessageSize([|1|])]\nfile sealed record Stray : Command;", "Command")]
    public Task Types_that_a_union_with_a_codec_lists_and_generated_code_cannot_tell_apart(string id, string stray, string taken) => WrongCode.Raises(id, Usings + stray + $$"""


        [JsonDerivedType(typeof(Stray))]
        public abstract record Command;

        public sealed class CommandDecoder : IMessageDecoder<Command>
        {
            public Command Decode(in ReceivedMessage message) => throw new FormatException();
        }

        [MessageCodec(typeof(CommandDecoder))]
        [WebSocketController("/a", Receives = typeof(Command))]
        public sealed partial class A
        {
            [OnMessage]
            void Take({{taken}} command) => Console.WriteLine(command);
        }
        """);

    [Fact]
    public async Task An_abstract_type_with_a_converter_of_its_own_is_no_union() => await GeneratedCode.Generate(UserProject.Compile(Usings + """
        public sealed class CommandConverterAttribute : JsonConverterAttribute
        {
            public override JsonConverter? CreateConverter(Type typeToConvert) => null;
        }

        [CommandConverter]
        public abstract record Command;
        """ + Taker));

    [Fact]
    public async Task An_abstract_type_that_the_options_of_the_named_context_convert_is_no_union() => await GeneratedCode.Generate(UserProject.Compile(Usings + """
        public abstract record Command;

        public sealed class CommandConverter : JsonConverter<Command>
        {
            public override Command Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => throw new FormatException();

            public override void Write(System.Text.Json.Utf8JsonWriter writer, Command value, System.Text.Json.JsonSerializerOptions options) => writer.WriteNullValue();
        }

        [JsonSourceGenerationOptions(Converters = [typeof(CommandConverter)])]
        """ + Taker.Replace("(\"/a\")", "(\"/a\", JsonContext = typeof(CommandJson))", StringComparison.Ordinal)));

    [Theory]
    [InlineData("[|Wave|]", "default!")]
    [InlineData("[|Wave?|]", "null")]
    [InlineData("[|ValueTask<Wave>|]", "default")]
    [InlineData("[|Half|]", "default!")]
    public Task Replies_that_the_union_does_not_list(string type, string value) => WrongCode.Raises(DiagnosticIds.UnsendableReply, Replying("", type, value));

    [Theory]
    [InlineData("", "Say", "new()")]
    [InlineData("", "Event", "new Say()")]
    [InlineData("", "Listed", "new Say()")]
    [InlineData("[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FallBackToBaseType)]\n", "Wave", "new()")]
    public Task Replies_that_the_serializer_takes(string attribute, string type, string value) => WrongCode.RaisesNothing(Replying(attribute, type, value));

    [Fact]
    public async Task A_reply_that_a_codec_writes_need_not_be_listed() => await GeneratedCode.Generate(UserProject.Compile(
        Replying("", "Wave", "new()").Replace("[WebSocketController", "[MessageCodec(typeof(EventEncoder))]\n[WebSocketController", StringComparison.Ordinal) + """


        public sealed class EventEncoder : IMessageEncoder<Event>
        {
            public System.Net.WebSockets.WebSocketMessageType Encode(Event message, System.Buffers.IBufferWriter<byte> output) => System.Net.WebSockets.WebSocketMessageType.Binary;
        }
        """));

    private static string Replying(string attribute, string type, string value) => Usings + $$"""
        {{attribute}}[JsonDerivedType(typeof(Say), "say")]
        public abstract record Event;

        public abstract record Listed : Event;

        public sealed record Say : Listed;

        public abstract record Half : Event;

        public sealed record Wave : Half;

        [JsonSerializable(typeof(Event))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(Event))]
        public sealed partial class A
        {
            [OnMessage]
            {{type}} Hear(string message) => {{value}};
        }
        """;

    [Fact]
    public Task Handlers_of_types_whose_base_lists_nothing() => WrongCode.Raises(DiagnosticIds.UnfitUnion, Usings + """
        public record Command;

        public sealed record Say(string Text) : Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class CommandJson : JsonSerializerContext;

        [WebSocketController("/a", Receives = [|typeof(Command)|])]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(Say say) => Console.WriteLine(say);
        }
        """);

    [Theory]
    [InlineData("an abstract type without derived ones", "public abstract record Command;", "Take([|Command|] command)")]
    [InlineData("two equal discriminators", """[JsonDerivedType(typeof(Say), "say")] [JsonDerivedType(typeof(Wave), [|"say"|])] public abstract record Command;""", null)]
    [InlineData("two equal numbers", """[JsonDerivedType(typeof(Say), 1)] [JsonDerivedType(typeof(Wave), [|1|])] public abstract record Command;""", null)]
    [InlineData("a type listed twice", """[JsonDerivedType(typeof(Say), "say")] [JsonDerivedType([|typeof(Say)|], "wave")] public abstract record Command;""", null)]
    [InlineData("no discriminator", """[JsonDerivedType(typeof(Say), "say")] [JsonDerivedType([|typeof(Wave)|])] public abstract record Command;""", null)]
    [InlineData("a type that derives from something else", """[JsonDerivedType(typeof(Say), "say")] [JsonDerivedType([|typeof(string)|], "wave")] public abstract record Command;""", null)]
    [InlineData("an abstract derived type", """[JsonDerivedType(typeof(Say), "say")] [JsonDerivedType([|typeof(Half)|], "half")] public abstract record Command; public abstract record Half : Command;""", null)]
    [InlineData("a property where the discriminator stands", """[JsonPolymorphic(TypeDiscriminatorPropertyName = "Text")] [JsonDerivedType([|typeof(Say)|], "say")] public abstract record Command;""", null)]
    public Task Unions_that_JSON_cannot_tell_apart(string what, string union, string? taker)
    {
        Assert.NotEmpty(what);
        var derived = taker is null ? "public sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;\n" : "";
        return WrongCode.Raises(DiagnosticIds.UnfitUnion, Usings + union + "\n" + derived + (taker is null ? Taker : Taker.Replace("Take(Command command)", taker, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    public Task A_limit_of_a_message_type_that_is_not_positive(string limit) => WrongCode.Raises(DiagnosticIds.LimitOutOfRange, Usings + $$"""
        [MaxMessageSize([|{{limit}}|])]
        public sealed record Command(string Text);
        """ + Taker);

    [Fact]
    public async Task What_can_be_told_apart_is_left_alone()
    {
        await GeneratedCode.Generate(UserProject.Compile(Usings + """
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "text")]
            [JsonDerivedType(typeof(Command))]
            [JsonDerivedType(typeof(Say), 1)]
            [JsonDerivedType(typeof(Wave), "Wave")]
            [JsonDerivedType(typeof(Leave), "wave")]
            public record Command;

            public sealed record Say(string Text) : Command
            {
                [JsonIgnore]
                public string text => "";

                [JsonPropertyName("other")]
                public string Other => "";
            }

            public sealed record Wave : Command;

            public sealed record Leave : Command;
            """ + Taker));
    }
}
