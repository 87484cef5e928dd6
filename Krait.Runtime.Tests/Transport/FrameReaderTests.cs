using System.Runtime.InteropServices;
using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class FrameReaderTests
{
    // A conversation with everything in it: fragments, control frames between them, characters split by fragments, empty messages.
    private static readonly byte[] Conversation =
    [
        .. ClientFrame.Text("hello"),
        .. ClientFrame.Binary([]),
        .. ClientFrame.Of(FrameOpcode.Text, [0xE2], isFinal: false),
        .. ClientFrame.Ping(1, 2, 3),
        .. ClientFrame.Continuation([0x82], isFinal: false),
        .. ClientFrame.Pong(),
        .. ClientFrame.Continuation([0xAC, 0x21]),
        .. ClientFrame.Binary([.. Enumerable.Range(0, 300).Select(i => (byte)i)]),
        .. ClientFrame.Close(1001, "bye"),
    ];

    private static readonly string[] Told = ["Text 68656C6C6F", "Binary ", "Ping 010203", "Text E282AC21", $"Binary {Hex(300)}", "Close 1001 bye"];

    public static TheoryData<string, byte[], CloseCause, int> Violations => new()
    {
        { "reserved bit", [0xC1, 0x80, 0, 0, 0, 0], CloseCause.ProtocolError, 1002 },
        { "unmasked, three bytes", [0x81, 0x01, 0x61], CloseCause.ProtocolError, 1002 },
        { "continuation of nothing", ClientFrame.Continuation([1]), CloseCause.ProtocolError, 1002 },
        { "message inside a message", [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Text("b")], CloseCause.ProtocolError, 1002 },
        { "continuation after the end", [.. ClientFrame.Text("a"), .. ClientFrame.Continuation([1])], CloseCause.ProtocolError, 1002 },
        { "text that is not UTF-8", ClientFrame.Of(FrameOpcode.Text, [0xC3, 0x28]), CloseCause.ProtocolError, 1007 },
        { "text that ends inside a character", ClientFrame.Of(FrameOpcode.Text, [0xC3]), CloseCause.ProtocolError, 1007 },
        { "bad text in a fragment", ClientFrame.Of(FrameOpcode.Text, [0xFF], isFinal: false), CloseCause.ProtocolError, 1007 },
        { "half a close status", ClientFrame.Close([3]), CloseCause.ProtocolError, 1002 },
        { "forbidden close status", ClientFrame.Close(1005), CloseCause.ProtocolError, 1002 },
        { "close reason that is not UTF-8", ClientFrame.Close([3, 0xE8, 0xFF]), CloseCause.ProtocolError, 1007 },
        { "declared too large", ClientFrame.Header(0x82, 1001), CloseCause.MessageTooLarge, 1009 },
        { "declared as 2^62", ClientFrame.Header(0x82, 1L << 62), CloseCause.MessageTooLarge, 1009 },
        { "too large together", [.. ClientFrame.Binary(new byte[999], isFinal: false), .. ClientFrame.Header(0x80, 2)], CloseCause.MessageTooLarge, 1009 },
    };

    [Fact]
    public void A_conversation_is_read_however_it_is_split_in_two()
    {
        for (var split = 0; split <= Conversation.Length; split++)
            Assert.Equal(Told, FrameReaderProbe.Read(Conversation[..split], Conversation[split..]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_conversation_is_read_in_small_pieces(int size) => Assert.Equal(Told, FrameReaderProbe.Read([.. Conversation.Chunk(size)]));

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_violation_ends_the_reading(string what, byte[] bytes, CloseCause cause, int status)
    {
        using var reader = new FrameReader(1000);
        FrameReaderProbe.Feed(reader, bytes);

        var step = reader.Next();
        while (step == FrameReaderStep.Message)
            step = reader.Next();

        Assert.Equal((what, FrameReaderStep.End, TransportReadKind.Violation, cause, status), (what, step, reader.Result.Kind, reader.Result.Cause, (int)reader.Result.Status));
    }

    [Fact]
    public void Bad_text_is_refused_before_its_frame_is_whole()
    {
        using var reader = new FrameReader(1000);
        FrameReaderProbe.Feed(reader, ClientFrame.Of(FrameOpcode.Text, [0x61, 0xFF, 0x61, 0x61])[..8]);

        Assert.Equal(FrameReaderStep.End, reader.Next());
    }

    [Fact]
    public void A_message_at_the_limit_is_read()
    {
        using var reader = new FrameReader(1000);
        FrameReaderProbe.Feed(reader, ClientFrame.Binary(new byte[1000]));

        Assert.Equal(FrameReaderStep.Message, reader.Next());
    }

    [Fact]
    public void A_large_message_is_one_piece_of_memory_without_its_header()
    {
        var payload = new byte[1_000_000];
        new Random(1).NextBytes(payload);
        using var reader = new FrameReader(payload.Length);

        var step = FrameReaderStep.Starved;
        foreach (var part in ClientFrame.Binary(payload).Chunk(1000))
        {
            Assert.Equal(FrameReaderStep.Starved, step);
            FrameReaderProbe.Feed(reader, part);
            step = reader.Next();
        }

        Assert.Equal(FrameReaderStep.Message, step);
        Assert.True(reader.Result.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public void A_declared_length_reserves_no_more_than_four_times_what_came()
    {
        using var reader = new FrameReader(int.MaxValue);
        FrameReaderProbe.Feed(reader, ClientFrame.Header(0x82, 1_000_000_000));
        Assert.Equal(FrameReaderStep.Starved, reader.Next());

        Assert.InRange(reader.GetMemory().Length, 1, 16 * 1024);
        FrameReaderProbe.Feed(reader, new byte[16 * 1024]);
        Assert.Equal(FrameReaderStep.Starved, reader.Next());

        Assert.InRange(reader.GetMemory().Length, 1, 64 * 1024);
    }

    [Fact]
    public void A_length_that_the_last_message_had_is_reserved_in_larger_steps()
    {
        using var reader = new FrameReader(int.MaxValue);
        var large = ClientFrame.Binary(new byte[200_000]);
        FrameReaderProbe.Feed(reader, large);
        Assert.Equal(FrameReaderStep.Message, reader.Next());
        reader.Park();

        FrameReaderProbe.Feed(reader, large[..(8 * 1024)]);
        Assert.Equal(FrameReaderStep.Starved, reader.Next());
        Assert.InRange(reader.GetMemory().Length, 190_000, 256 * 1024);
    }

    [Fact]
    public void A_header_alone_reserves_nothing_however_large_the_last_message_was()
    {
        using var reader = new FrameReader(int.MaxValue);
        FrameReaderProbe.Feed(reader, [.. ClientFrame.Binary(new byte[(1024 * 1024) - 40]), .. ClientFrame.Header(0x82, 1_000_000)]);
        Assert.Equal(FrameReaderStep.Message, reader.Next());
        using var kept = reader.DetachPayload(); // so that what comes needs an array of its own
        Assert.Equal(FrameReaderStep.Starved, reader.Next());

        Assert.InRange(reader.GetMemory().Length, 1, 16 * 1024);
    }

    [Fact]
    public void A_longer_length_reserves_no_more_than_the_last_message_had()
    {
        using var reader = new FrameReader(int.MaxValue);
        FrameReaderProbe.Feed(reader, ClientFrame.Binary(new byte[100_000]));
        Assert.Equal(FrameReaderStep.Message, reader.Next());
        reader.Park();

        var header = ClientFrame.Header(0x82, 1_000_000_000);
        foreach (var part in new[] { header, new byte[(8 * 1024) - header.Length] })
        {
            FrameReaderProbe.Feed(reader, part);
            Assert.Equal(FrameReaderStep.Starved, reader.Next());
        }

        Assert.InRange(reader.GetMemory().Length, 90_000, 128 * 1024);
    }

    [Fact]
    public void Detached_payloads_outlive_everything_that_comes_later()
    {
        using var reader = new FrameReader(100_000);
        var kept = new List<(ReadOnlyMemory<byte> Payload, byte[] Expected, IDisposable Memory)>();
        for (var i = 0; i < 200; i++)
        {
            var expected = new byte[i * 97 % 5000];
            new Random(i).NextBytes(expected);
            var frame = ClientFrame.Binary(expected);
            FrameReaderProbe.Feed(reader, frame[..(frame.Length / 2)]);
            Assert.Equal(FrameReaderStep.Starved, reader.Next());
            FrameReaderProbe.Feed(reader, frame[(frame.Length / 2)..]);
            Assert.Equal(FrameReaderStep.Message, reader.Next());
            kept.Add((reader.Result.Payload, expected, reader.DetachPayload()));
            if (i % 3 == 0)
                reader.Park();
        }

        Assert.All(kept, message => Assert.True(message.Payload.Span.SequenceEqual(message.Expected)));
        kept.ForEach(message => message.Memory.Dispose());
    }

    [Fact]
    public void Small_detached_payloads_share_a_buffer()
    {
        using var reader = new FrameReader(1000);
        var memories = new HashSet<IDisposable>();
        for (var i = 0; i < 64; i++)
        {
            FrameReaderProbe.Feed(reader, ClientFrame.Text("a small one"));
            reader.Next();
            memories.Add(reader.DetachPayload());
            reader.Park();
        }

        Assert.Single(memories);
    }

    private static string Hex(int count) => Convert.ToHexString([.. Enumerable.Range(0, count).Select(i => (byte)i)]);

    [Fact]
    public void Control_frames_inside_a_message_take_no_room_once_they_are_read()
    {
        using var reader = new FrameReader(1000);
        FrameReaderProbe.Feed(reader, ClientFrame.Text("a", isFinal: false));
        Assert.Equal(FrameReaderStep.Starved, reader.Next());
        for (var i = 0; i < 10_000; i++)
        {
            FrameReaderProbe.Feed(reader, ClientFrame.Pong(new byte[125]));
            Assert.Equal(FrameReaderStep.Starved, reader.Next());
        }

        MemoryMarshal.TryGetArray<byte>(reader.GetMemory(), out var room);
        Assert.InRange(room.Array!.Length, 0, 16 * 1024);
        FrameReaderProbe.Feed(reader, ClientFrame.Continuation([.. "b"u8]));
        Assert.Equal(FrameReaderStep.Message, reader.Next());
        Assert.Equal("ab", Encoding.UTF8.GetString(reader.Result.Payload.Span));
    }
}
