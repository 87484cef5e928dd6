using System.Buffers;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class FrameParserTests
{
    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 6)]
    [InlineData(125, 6)]
    [InlineData(126, 8)]
    [InlineData(65535, 8)]
    [InlineData(65536, 14)]
    [InlineData(long.MaxValue, 14)]
    public void A_header_is_read(long length, int size)
    {
        var status = FrameParser.Parse(ClientFrame.Header(0x82, length), out var header, out var fault);

        Assert.Equal((OperationStatus.Done, null), (status, fault));
        Assert.Equal((FrameOpcode.Binary, true, length, size), (header.Opcode, header.IsFinal, header.PayloadLength, header.Size));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(126)]
    [InlineData(65536)]
    public void A_header_that_is_not_whole_is_waited_for(long length)
    {
        var header = ClientFrame.Header(0x01, length);

        for (var received = 0; received < header.Length; received++)
            Assert.Equal(OperationStatus.NeedMoreData, FrameParser.Parse(header.AsSpan(0, received), out _, out _));
    }

    [Theory]
    [InlineData(new byte[] { 0xC2 }, "A reserved bit is set.")]
    [InlineData(new byte[] { 0xA2 }, "A reserved bit is set.")]
    [InlineData(new byte[] { 0x92 }, "A reserved bit is set.")]
    [InlineData(new byte[] { 0x83 }, "The opcode is unknown.")]
    [InlineData(new byte[] { 0x87 }, "The opcode is unknown.")]
    [InlineData(new byte[] { 0x8B }, "The opcode is unknown.")]
    [InlineData(new byte[] { 0x8F }, "The opcode is unknown.")]
    [InlineData(new byte[] { 0x08 }, "The control frame is fragmented.")]
    [InlineData(new byte[] { 0x09 }, "The control frame is fragmented.")]
    [InlineData(new byte[] { 0x82, 0x01 }, "The frame is not masked.")]
    [InlineData(new byte[] { 0x89, 0xFE }, "The control frame is longer than 125 bytes.")]
    [InlineData(new byte[] { 0x88, 0xFF }, "The control frame is longer than 125 bytes.")]
    [InlineData(new byte[] { 0x82, 0xFE, 0, 125 }, "The length is not written in its shortest form.")]
    [InlineData(new byte[] { 0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF }, "The length is not written in its shortest form.")]
    [InlineData(new byte[] { 0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0 }, "The highest bit of the length is set.")]
    public void A_fault_is_found_at_the_byte_that_shows_it(byte[] bytes, string expected)
    {
        Assert.Equal(OperationStatus.NeedMoreData, FrameParser.Parse(bytes.AsSpan(..^1), out _, out _));

        Assert.Equal(OperationStatus.InvalidData, FrameParser.Parse(bytes, out _, out var fault));
        Assert.Equal(expected, fault);
    }
}
