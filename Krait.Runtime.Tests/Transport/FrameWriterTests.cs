using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public sealed class FrameWriterTests : IDisposable
{
    private readonly FrameWriter _writer = FrameWriter.Rent();

    [Fact]
    public void An_encoder_may_say_that_it_wrote_nothing_before_it_asks_for_room()
    {
        _writer.Advance(0); // as Google.Protobuf does
        _writer.Write("hello"u8);

        Assert.Equal([0x81, 5, .. "hello"u8], _writer.Complete(WebSocketMessageType.Text, isMarked: false).Unsent.ToArray());
    }

    [Fact]
    public void An_encoder_cannot_have_written_more_than_there_was_room_for()
    {
        var room = _writer.GetMemory().Length;
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _writer.Advance(-1));
    }

    [Fact]
    public void An_encoder_that_writes_nothing_makes_an_empty_message() =>
        Assert.Equal([0x82, 0], _writer.Complete(WebSocketMessageType.Binary, isMarked: false).Unsent.ToArray());

    [Fact]
    public void Who_encodes_meanwhile_gets_a_writer_of_its_own()
    {
        _writer.Write("outer"u8);
        var inner = FrameWriter.Rent();
        inner.Write("inner"u8);
        inner.Return();

        Assert.Equal([0x81, 5, .. "outer"u8], _writer.Complete(WebSocketMessageType.Text, isMarked: false).Unsent.ToArray());
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Its_header_can_be_read_again(int length)
    {
        _writer.Write(new byte[length]);
        var frame = _writer.Complete(WebSocketMessageType.Binary, isMarked: true);
        var header = ServerFrameHeader.Read(frame.Unsent.Span);
        Assert.Equal((FrameOpcode.Binary, true, length, frame.Length), (header.Opcode, header.IsMarked, header.PayloadLength, header.Size));
    }

    public void Dispose() => _writer.Return();
}
