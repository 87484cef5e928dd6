using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;
using Krait.CompilerServices;

namespace Krait.Runtime.Tests.Messaging;

/// <summary>Whatever a client sends, it is a message or an <see cref="InvalidMessageException"/>, and takes memory in proportion.</summary>
/// <remarks>The cases come from one seed, so that every run sees the same.</remarks>
public sealed partial class DecodeFuzzTests
{
    private const string Seed = "0N0XIzNsQ0O2";
    private const int Cases = 3000;

    private static readonly IMessageDecoder<Message> Union = MessageCodecs.Json<Message>(Fuzzed.Default, new MessageLimit(typeof(Text), 200));
    private static readonly IMessageDecoder<Rich> Single = MessageCodecs.Json<Rich>(Fuzzed.Default);

    private static readonly byte[][] Valid =
    [
        .. new[]
        {
            """{"kind":"text","value":"grüße 😀 \n"}""",
            """{"value":"x","kind":"text"}""",
            """{"kind":7,"inner":{"kind":7,"inner":null}}""",
            """{"kind":"rich","id":"6f9619ff-8b86-d011-b42d-00cf4fc964ff","at":"2026-01-31T13:45:00Z","counts":{"a":1},"byId":{"6f9619ff-8b86-d011-b42d-00cf4fc964ff":2},"colour":"Red","bytes":"AQID","any":{"x":[1,{}]},"node":[null],"letter":"z","amount":1.5,"span":"01:30:00","link":"http://x/","version":"1.2","list":[1,2,3]}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", " ", "\"kind\"", "\"text\"", "\"rich\"", "7", "\"value\"", "\"$type\"", "\"$id\"", "\"$ref\"", "\"$values\"", "\"counts\"", "\"any\"", "\"x\"", "null", "true",
        "1e999", "-0", "NaN", "\"\\uD800\"", "\"\\uDC00\\uD800\"", "\"\\u006bind\"", "\"\\", "//", "/**/", "\uFEFF", "\"", "1.0", "99999999999999999999", "\0",
    ];

    [Fact]
    public void Arbitrary_bytes() => Check(Gen.Byte.Array[0, 200]);

    [Fact]
    public void Pieces_of_JSON_in_any_order() =>
        Check(AnyOf(Fragments).Array[0, 40].Select(fragments => Encoding.UTF8.GetBytes(string.Concat(fragments))));

    [Fact]
    public void Messages_with_bytes_changed_added_and_left_out() =>
        Check(Gen.Select(AnyOf(Valid), Gen.Select(Gen.Int[0, 2], Gen.Int[0, 400], Gen.Byte).Array[0, 6]).Select((message, changes) => changes.Aggregate(message, Change)));

    [Fact]
    public void Values_of_properties_exchanged() =>
        Check(Gen.Select(AnyOf(Valid), AnyOf(Fragments), Gen.Int[0, 20]).Select((message, fragment, place) =>
        {
            var parts = Encoding.UTF8.GetString(message).Split(':');
            parts[place % parts.Length] = fragment + (place % 2 == 0 ? "" : parts[place % parts.Length]);
            return Encoding.UTF8.GetBytes(string.Join(':', parts));
        }));

    [Fact]
    public void Nested_deeply() =>
        Check(Gen.Select(AnyOf(["[", """{"inner":""", """{"kind":7,"inner":""", """{"kind":"rich","any":"""]), Gen.Int[1, 3000], Gen.Bool).Select(
            (level, depth, closed) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(level, depth)) + "null" + (closed ? new string(level[0] == '[' ? ']' : '}', depth) : ""))));

    [Fact]
    public void The_messages_that_are_changed_are_valid() =>
        Assert.All(Valid, message => Assert.NotNull(Union.Decode(new(WebSocketMessageType.Text, new(message)))));

    private static Gen<T> AnyOf<T>(T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static void Check(Gen<byte[]> messages)
    {
        foreach (var message in messages.Array[Cases].Single(static _ => true, Seed))
        {
            Check(Union, message);
            Check(Single, message);
        }
    }

    private static void Check<T>(IMessageDecoder<T> decoder, byte[] message)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(decoder.Decode(new(WebSocketMessageType.Text, new(message))));
        }
        catch (InvalidMessageException e)
        {
            Assert.InRange(e.Message.Length, 1, 200);
        }
        catch (Exception e)
        {
            Assert.Fail($"{Encoding.UTF8.GetString(message)} ({Convert.ToHexString(message)}): {e}");
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (100 * message.Length) + (1 << 18));
    }

    private static byte[] Change(byte[] message, (int Kind, int Place, byte Value) change)
    {
        var place = message.Length == 0 ? 0 : change.Place % message.Length;
        return change.Kind switch
        {
            0 => [.. message[..place], change.Value, .. message[place..]],
            1 => [.. message[..place], .. message.Skip(place + 1)],
            _ => [.. message[..place], change.Value, .. message.Skip(place + 1)],
        };
    }

    [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
    [JsonDerivedType(typeof(Text), "text"), JsonDerivedType(typeof(Nested), 7), JsonDerivedType(typeof(Rich), "rich")]
    public abstract record Message;

    public sealed record Text(string Value) : Message;

    public sealed record Nested(Message? Inner) : Message;

    public sealed record Rich(
        Guid Id,
        DateTimeOffset At,
        Dictionary<string, int> Counts,
        Dictionary<Guid, int> ById,
        Colour Colour,
        byte[] Bytes,
        JsonElement Any,
        JsonNode? Node,
        char Letter,
        decimal Amount,
        TimeSpan Span,
        Uri? Link,
        Version? Version,
        IReadOnlyList<int>? List) : Message
    {
        [JsonExtensionData]
        public Dictionary<string, JsonElement>? More { get; set; }
    }

    public enum Colour
    {
        Red,
        Blue,
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Message)), JsonSerializable(typeof(Rich))]
    private sealed partial class Fuzzed : JsonSerializerContext;
}
