using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Krait.CompilerServices;

namespace Krait.Runtime.Tests.Messaging;

public sealed partial class UnionTests
{
    private static readonly IMessageCodec<Command> Commands = MessageCodecs.Json<Command>(Unions.Default);
    private static readonly IMessageCodec<Shape> Shapes = MessageCodecs.Json<Shape>(Unions.Default);

    [Theory]
    [InlineData("""{"kind":"say","text":"a"}""", "first")]
    [InlineData("""{"text":"a","kind":"say"}""", "last")]
    [InlineData(""" {"text":"a", "kind" : "say"} """, "with space around")]
    [InlineData("""{"\u006bind":"say","text":"a"}""", "with an escaped name")]
    [InlineData("""{"kind":"s\u0061y","text":"a"}""", "with an escaped value")]
    public void The_discriminator_may_be_anywhere(string json, string where)
    {
        var said = Assert.IsType<Say>(Decode(Commands, json));
        Assert.True(said.Text == "a", where);
    }

    [Fact]
    public void A_property_of_that_name_further_inside_is_not_the_discriminator() =>
        Assert.Equal("say", Assert.IsType<Draw>(Decode(Commands, """{"origin":{"kind":"say"},"kind":1}""")).Origin["kind"].GetString());

    [Theory]
    [InlineData("""{"kind":"pair","inner":{"text":"a","kind":"say"}}""")]
    [InlineData("""{"inner":{"text":"a","kind":"say"},"kind":"pair"}""")]
    public void The_discriminator_of_a_union_inside_may_be_anywhere_too(string json) =>
        Assert.Equal(new Pair(new Say("a")), Decode(Commands, json));

    [Fact]
    public void A_union_inside_whose_base_is_a_case_is_not_taken_for_the_base_when_its_discriminator_comes_late() =>
        Assert.Equal(new Framed(new Circle(3, 1)), Decode(Commands, """{"kind":"framed","shape":{"size":3,"radius":1,"$type":"circle"}}"""));

    [Theory]
    [InlineData("""{"the \"kind\"":"a\\\"b"}""", typeof(OddCase))]
    [InlineData("""{"the \"kind\"":"a\\"}""", typeof(OddStart))]
    [InlineData("""{"th\u0065 \u0022kind\u0022":"\u0061\u005c"}""", typeof(OddStart))]
    public void Discriminators_and_their_property_may_need_escapes(string json, Type type) =>
        Assert.IsType(type, Decode(MessageCodecs.Json<Odd>(Unions.Default), json));

    [Fact]
    public void A_malformed_message_is_read_once()
    {
        CountingConverter.Reads = 0;
        Assert.Throws<InvalidMessageException>(() => Decode(MessageCodecs.Json<Measured>(Measures.Default), """{"$type":"length","value":1,"unit":2}"""));
        Assert.Equal(1, CountingConverter.Reads);
    }

    [Fact]
    public void Discriminators_may_be_numbers() => Assert.IsType<Draw>(Decode(Commands, """{"kind":1,"origin":{}}"""));

    [Fact]
    public void Sent_messages_name_their_type()
    {
        var output = new ArrayBufferWriter<byte>();
        Commands.Encode(new Say("a"), output);
        Assert.Equal("""{"kind":"say","text":"a"}""", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("""{"kind":"shout","text":"a"}""", "shout")]
    [InlineData("""{"kind":"SAY","text":"a"}""", "SAY")]
    [InlineData("""{"kind":2}""", "2")]
    [InlineData("""{"kind":1.5}""", "1.5")]
    [InlineData("""{"kind":99999999999}""", "99999999999")]
    [InlineData("""{"kind":"1"}""", "1")]
    [InlineData("""{"kind":""}""", "")]
    [InlineData("""{"kind":"sh\nout"}""", """sh\nout""")]
    [InlineData("{\"kind\":\"a\u0085b\u009Bc\u007Fd\u2028e\u2029\"}", "a?b?c?d?e?")]
    public void An_unknown_discriminator_is_an_unknown_type_with_its_name(string json, string name) =>
        Assert.Equal($"The message has the unknown type '{name}'.", Refusal(Commands, json, InvalidMessageKind.UnknownType));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":"a"}""")]
    [InlineData("""{"Kind":"say","text":"a"}""")]
    public void A_missing_discriminator_is_an_unknown_type(string json) =>
        Assert.Equal("The message does not say its type: it has no 'kind'.", Refusal(Commands, json, InvalidMessageKind.UnknownType));

    [Theory]
    [InlineData("x")]
    [InlineData("\uD83D\uDE00")]
    [InlineData("xxx\uD83D\uDE00")]
    public void An_unknown_name_is_cut_to_64_characters_between_characters(string unit)
    {
        var name = string.Concat(Enumerable.Repeat(unit, 400_000));
        var shown = name[..(unit.Length == 5 ? 63 : 64)];
        Assert.Equal($"The message has the unknown type '{shown}'.", Refusal(Commands, $$"""{"kind":"{{name}}"}""", InvalidMessageKind.UnknownType));
    }

    [Theory]
    [InlineData('x')]
    [InlineData('\\')]
    public void A_MiB_of_discriminator_takes_no_memory_of_its_own(char letter)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"kind":"{{new string(letter, 1 << 20)}}"}""");
        Decode();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decode();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 16 * 1024);

        void Decode() => Assert.Throws<InvalidMessageException>(() => Commands.Decode(new(WebSocketMessageType.Text, new(json))));
    }

    [Theory]
    [InlineData("null", "a literal null")]
    [InlineData("[]", "an array")]
    [InlineData("\"say\"", "text")]
    [InlineData("", "nothing")]
    [InlineData("{", "an object that does not end")]
    [InlineData("""{"kind":"say","text":"a"} {}""", "something behind")]
    [InlineData("""{"kind":"say","kind":"say","text":"a"}""", "a discriminator twice")]
    [InlineData("""{"kind":"say","text":"a","kind":"say"}""", "a discriminator at both ends")]
    [InlineData("""{"kind":"tally","counts":{},"kind":"say"}""", "another discriminator further back")]
    [InlineData("""{"kind":"say","text":"a","k\u0069nd":"say"}""", "a discriminator at both ends, escaped")]
    [InlineData("""{"kind":"pair","inner":{"kind":"say","text":"a","kind":"say"}}""", "a discriminator at both ends of a union inside")]
    [InlineData("""{"kind":"open","a":1,"kind":"open"}""", "a discriminator at both ends of what takes any property")]
    [InlineData("""{"kind":"say","text":"a","text":"b"}""", "a property twice")]
    [InlineData("""{"kind":"say","text":7}""", "a wrong type")]
    [InlineData("""{"kind":null,"text":"a"}""", "a discriminator that is null")]
    [InlineData("""{"kind":["say"],"text":"a"}""", "a discriminator in an array")]
    [InlineData("""{"kind":"\uD800"}""", "half a surrogate pair as the discriminator")]
    [InlineData("""{"\uD800ind":"say"}""", "half a surrogate pair in a name")]
    [InlineData("""{"kin\uD800":"say"}""", "half a surrogate pair at the end of a name")]
    [InlineData("""{"kind":"say","text":"\uD800"}""", "half a surrogate pair in a value")]
    [InlineData("""{"kind":"say","\uDC00":"a"}""", "half a surrogate pair in a name behind the discriminator")]
    [InlineData("\uFEFF{\"kind\":\"say\",\"text\":\"a\"}", "a byte order mark")]
    [InlineData("""{"stars":NaN,"kind":"say"}""", "no number")]
    [InlineData("""{"kind":"say","text":"a",}""", "a comma too many")]
    [InlineData("""{/* what? */"kind":"say","text":"a"}""", "a comment")]
    [InlineData("""{"kind":"say"}""", "a missing property")]
    [InlineData("""{"kind":"say","text":null}""", "null where none may be")]
    [InlineData("""{"kind":"say","text":"a","more":1}""", "a property that nobody maps")]
    [InlineData("""{"kind":"pair","inner":{"text":"a"}}""", "a union inside without its discriminator")]
    [InlineData("""{"kind":"pair","inner":{"kind":"?"}}""", "a union inside with an unknown discriminator")]
    [InlineData("""{"kind":"quote","of":{"text":"a"}}""", "a case further inside that does not say its type")]
    [InlineData("""{"kind":"quote","of":{"kind":"shout"}}""", "an unknown case further inside")]
    [InlineData("""{"kind":"quote","with":{"size":1}}""", "a case of an interface that does not say its type")]
    [InlineData("""{"kind":"quote","on":{"number":1}}""", "a case of a base with parameters that does not say its type")]
    public void JSON_of_another_form_is_malformed(string json, string what)
    {
        var error = Assert.Throws<InvalidMessageException>(() => Decode(Commands, json));
        Assert.True(error.Kind == InvalidMessageKind.Malformed, $"{what}: {error}");
    }

    [Theory]
    [InlineData("""{"a":{0},"kind":"say","text":"a"}""")]
    [InlineData("""{"kind":"say","text":{0}}""")]
    [InlineData("""{"kind":"say","text":"a","more":{0}}""")]
    [InlineData("""{"kind":1,"origin":{"a":{0}}}""")]
    public void JSON_deeper_than_64_levels_is_malformed(string json)
    {
        var deep = json.Replace("{0}", new string('[', 100_000) + new string(']', 100_000), StringComparison.Ordinal);
        Refusal(Commands, deep, InvalidMessageKind.Malformed);
    }

    [Fact]
    public void A_base_that_is_a_case_without_a_discriminator_needs_none()
    {
        Assert.Equal(new Shape(3), Decode(Shapes, """{"size":3}"""));
        Assert.Equal(new Circle(3, 1), Decode(Shapes, """{"size":3,"radius":1,"$type":"circle"}"""));
        Refusal(Shapes, """{"size":3,"$type":"oval"}""", InvalidMessageKind.UnknownType);
    }

    [Fact]
    public void Unrecognized_discriminators_are_the_base_where_its_metadata_says_so() =>
        Assert.Equal(new Lenient(3), Decode(MessageCodecs.Json<Lenient>(Unions.Default), """{"$type":"later","size":3}"""));

    [Fact]
    public void Cases_may_be_further_inside()
    {
        var quote = Decode(Commands, """{"kind":"quote","of":{"text":"a","kind":"say"},"with":{"$type":"quill","size":1},"on":{"number":2,"$type":"sheet"}}""");
        Assert.Equal(new Quote(new Say("a"), new Quill(1), new Sheet(2)), quote);
    }

    [Fact]
    public void The_discriminator_does_not_reach_extension_data() =>
        Assert.Null(Assert.IsType<Open>(Decode(Commands, """{"kind":"open"}""")).More);

    [Fact]
    public void The_problem_names_path_and_position_and_repeats_no_value()
    {
        var problem = Refusal(Commands, """{"kind":"tally","counts":{"a":1,"b":"secret"}}""", InvalidMessageKind.Malformed);
        Assert.Equal("The message is not the expected JSON: $.counts.b, line 1, byte 45.", problem);
    }

    [Theory]
    [InlineData("new\\nline", "$.counts['new?line'], line 1, byte 45.")]
    [InlineData("a", "$.counts.a, line 1, byte 37.")]
    public void A_path_has_no_control_characters(string name, string place) =>
        Assert.Equal($"The message is not the expected JSON: {place}", Refusal(Commands, $$$"""{"kind":"tally","counts":{"{{{name}}}":"many"}}""", InvalidMessageKind.Malformed));

    [Fact]
    public void A_path_is_cut_to_64_characters()
    {
        var problem = Refusal(Commands, $$$"""{"kind":"tally","counts":{"{{{new string('x', 1000)}}}":"many"}}""", InvalidMessageKind.Malformed);
        Assert.StartsWith($"The message is not the expected JSON: $.counts.{new string('x', 55)}, line 1", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_converters_own_exceptions_are_the_servers_fault_unless_they_speak_of_the_format()
    {
        Assert.Throws<InvalidOperationException>(() => Decode(Commands, """{"kind":"picky","value":"operation"}"""));
        Assert.Throws<NotSupportedException>(() => Decode(Commands, """{"kind":"picky","value":"support"}"""));
        Refusal(Commands, """{"kind":"picky","value":"format"}""", InvalidMessageKind.Malformed);
        Refusal(Commands, """{"kind":"picky","value":"json"}""", InvalidMessageKind.Malformed);
        Assert.Equal("own words", Refusal(Commands, """{"kind":"picky","value":"message"}""", InvalidMessageKind.WrongFormat));
        Refusal(Commands, """{"kind":"picky","value":"\uD800"}""", InvalidMessageKind.Malformed);
        Refusal(Commands, """{"kind":"picky","value":7}""", InvalidMessageKind.Malformed);
    }

    private static T Decode<T>(IMessageDecoder<T> decoder, string json) => decoder.Decode(new(WebSocketMessageType.Text, new(Encoding.UTF8.GetBytes(json))));

    private static string Refusal<T>(IMessageDecoder<T> decoder, string json, InvalidMessageKind kind)
    {
        var error = Assert.Throws<InvalidMessageException>(() => Decode(decoder, json));
        Assert.Equal(kind, error.Kind);
        return error.Message;
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Say), "say"), JsonDerivedType(typeof(Draw), 1), JsonDerivedType(typeof(Open), "open")]
    [JsonDerivedType(typeof(Tally), "tally"), JsonDerivedType(typeof(Pick), "picky"), JsonDerivedType(typeof(Pair), "pair"), JsonDerivedType(typeof(Quote), "quote")]
    [JsonDerivedType(typeof(Framed), "framed")]
    public abstract record Command;

    public sealed record Say(string Text) : Command;

    public sealed record Pair(Command Inner) : Command;

    public sealed record Framed(Shape Shape) : Command;

    public sealed record Draw(Dictionary<string, JsonElement> Origin) : Command;

    public sealed record Open : Command
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; set; }
    }

    public sealed record Tally(Dictionary<string, int> Counts) : Command;

    public sealed record Pick([property: JsonConverter(typeof(PickyConverter))] string Value) : Command;

    public sealed record Quote(Command? Of = null, IPen? With = null, Paper? On = null) : Command;

    [JsonDerivedType(typeof(Quill), "quill")]
    public interface IPen;

    public sealed record Quill(int Size) : IPen;

    [JsonDerivedType(typeof(Sheet), "sheet")]
    public abstract record Paper(int Number);

    public sealed record Sheet(int Number) : Paper(Number);

    [JsonDerivedType(typeof(Shape)), JsonDerivedType(typeof(Circle), "circle")]
    public record Shape(int Size);

    public sealed record Circle(int Size, int Radius) : Shape(Size);

    [JsonPolymorphic(IgnoreUnrecognizedTypeDiscriminators = true)]
    [JsonDerivedType(typeof(LenientCase), "case")]
    public record Lenient(int Size);

    public sealed record LenientCase(int Size) : Lenient(Size);

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "the \"kind\"")]
    [JsonDerivedType(typeof(OddCase), "a\\\"b"), JsonDerivedType(typeof(OddStart), "a\\")]
    public abstract record Odd;

    public sealed record OddCase : Odd;

    public sealed record OddStart : Odd;

    private sealed class PickyConverter : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString() switch
        {
            "operation" => throw new InvalidOperationException(),
            "support" => throw new NotSupportedException(),
            "format" => throw new FormatException(),
            "json" => throw new JsonException(),
            "message" => throw new InvalidMessageException(InvalidMessageKind.WrongFormat, "own words"),
            var text => text ?? "",
        };

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    [JsonDerivedType(typeof(Length), "length")]
    private abstract record Measured;

    private sealed record Length([property: JsonConverter(typeof(CountingConverter))] int Value, string Unit) : Measured;

    private sealed class CountingConverter : JsonConverter<int>
    {
        [ThreadStatic]
        private static int t_reads;

        public static int Reads { get => t_reads; set => t_reads = value; }

        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            Reads++;
            return reader.GetInt32();
        }

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Measured))]
    private sealed partial class Measures : JsonSerializerContext;

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Command)), JsonSerializable(typeof(Shape)), JsonSerializable(typeof(Lenient)), JsonSerializable(typeof(Odd))]
    private sealed partial class Unions : JsonSerializerContext;
}
