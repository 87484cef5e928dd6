using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Serialization;
using Krait.CompilerServices;

namespace Krait.Runtime.Tests.Messaging;

public sealed partial class CodecTests
{
    private static readonly IMessageCodec<Note> Json = MessageCodecs.Json<Note>(Notes.Default);

    [Fact]
    public void A_JSON_message_is_read_and_written()
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(WebSocketMessageType.Text, Json.Encode(new("a", 1), output));
        Assert.Equal("""{"text":"a","stars":1}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(new("a", 1), Decode(Json, output.WrittenSpan.ToArray()));
    }

    [Theory]
    [InlineData("null", "a literal null")]
    [InlineData("", "nothing")]
    [InlineData("{", "an object that does not end")]
    [InlineData("""{"text":"a","stars":1} {}""", "something behind")]
    [InlineData("""{"text":"a","text":"b","stars":1}""", "a property twice")]
    [InlineData("""{"text":"a","stars":"many"}""", "a wrong type")]
    [InlineData("""{"text":"\uD800","stars":1}""", "half a surrogate pair")]
    [InlineData("\uFEFF{\"text\":\"a\",\"stars\":1}", "a byte order mark")]
    [InlineData("""{"text":"a","stars":NaN}""", "no number")]
    public void JSON_of_another_form_is_malformed(string json, string what)
    {
        var error = Assert.Throws<InvalidMessageException>(() => Decode(Json, Encoding.UTF8.GetBytes(json)));
        Assert.True(error.Kind == InvalidMessageKind.Malformed, what);
    }

    [Fact]
    public void JSON_in_a_binary_frame_has_the_wrong_format()
    {
        var error = Assert.Throws<InvalidMessageException>(() => Decode(Json, "{}"u8.ToArray(), WebSocketMessageType.Binary));
        Assert.Equal(InvalidMessageKind.WrongFormat, error.Kind);
    }

    [Fact]
    public void A_payload_in_several_buffers_is_read_as_one()
    {
        var payload = Split("""{"text":"ab","stars":12}"""u8.ToArray());
        Assert.Equal(new("ab", 12), Json.Decode(new(WebSocketMessageType.Text, payload)));
        Assert.Equal(payload.ToArray(), MessageCodecs.Raw(borrow: true).Decode(new(WebSocketMessageType.Binary, payload)).Payload.ToArray());
        Assert.Equal("""{"text":"ab","stars":12}""", MessageCodecs.Text.Decode(new(WebSocketMessageType.Text, payload)));
    }

    [Fact]
    public void A_context_without_the_type_says_what_to_add()
    {
        var error = Assert.Throws<InvalidOperationException>(() => MessageCodecs.Json<Uri>(Notes.Default));
        Assert.Contains("[JsonSerializable(typeof(Uri))]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_ask_for_their_room_in_one_piece()
    {
        var bytes = new byte[100_000];
        Assert.Equal([bytes.Length], RoomAskedFor(output => MessageCodecs.Bytes.Encode(bytes, output)));
        Assert.Equal([bytes.Length], RoomAskedFor(output => MessageCodecs.Binary(borrow: true).Encode(bytes, output)));
        Assert.Equal([bytes.Length], RoomAskedFor(output => MessageCodecs.Raw(borrow: true).Encode(new(WebSocketMessageType.Binary, bytes), output)));
    }

    [Fact]
    public void A_borrowed_payload_is_not_copied()
    {
        byte[] bytes = [1, 2, 3];
        var borrowed = MessageCodecs.Binary(borrow: true).Decode(new(WebSocketMessageType.Binary, new(bytes)));
        Assert.True(borrowed.Span.Overlaps(bytes));
    }

    [Fact]
    public void A_copied_payload_is_its_own()
    {
        byte[] bytes = [1, 2, 3];
        var copied = MessageCodecs.Raw(borrow: false).Decode(new(WebSocketMessageType.Binary, new(bytes)));
        Assert.False(copied.Payload.Span.Overlaps(bytes));
    }

    [Fact]
    public void Text_is_not_bytes_and_bytes_are_not_text()
    {
        Assert.Equal(InvalidMessageKind.WrongFormat, Assert.Throws<InvalidMessageException>(() => Decode(MessageCodecs.Text, [1], WebSocketMessageType.Binary)).Kind);
        Assert.Equal(InvalidMessageKind.WrongFormat, Assert.Throws<InvalidMessageException>(() => Decode(MessageCodecs.Bytes, [1])).Kind);
    }

    private static T Decode<T>(IMessageDecoder<T> decoder, byte[] payload, WebSocketMessageType type = WebSocketMessageType.Text) =>
        decoder.Decode(new(type, new(payload)));

    private static ReadOnlySequence<byte> Split(byte[] bytes)
    {
        var first = new Segment(bytes.AsMemory(0, 1), 0);
        var last = first;
        for (var i = 1; i < bytes.Length; i++)
            last = last.Append(bytes.AsMemory(i, 1));

        return new(first, 0, last, 1);
    }

    public sealed record Note(string Text, int Stars);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Note))]
    private sealed partial class Notes : JsonSerializerContext;

    private static List<int> RoomAskedFor(Action<IBufferWriter<byte>> encode)
    {
        var output = new AskedWriter();
        encode(output);
        return output.Asked;
    }

    private sealed class AskedWriter : IBufferWriter<byte>
    {
        private readonly ArrayBufferWriter<byte> _output = new();

        public List<int> Asked { get; } = [];

        public void Advance(int count) => _output.Advance(count);

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            Asked.Add(sizeHint);
            return _output.GetMemory(sizeHint);
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
