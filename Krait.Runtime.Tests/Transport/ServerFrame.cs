using System.Buffers.Binary;
using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>A frame that the server sent, read without the code under test.</summary>
internal sealed record ServerFrame(FrameOpcode Opcode, bool IsFinal, byte[] Payload)
{
    /// <summary>Whether RSV1 is set, which marks the first frame of a compressed message (RFC 7692, section 6).</summary>
    public bool IsCompressed { get; init; }

    public string Text => Encoding.UTF8.GetString(Payload);

    public int CloseStatus => BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public string CloseReason => Encoding.UTF8.GetString(Payload.AsSpan(2));

    /// <summary>Reads the next frame, or returns null at the end of the stream.</summary>
    public static async Task<ServerFrame?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[2];
        if (await stream.ReadAtLeastAsync(header, 2, throwOnEndOfStream: false, cancellationToken) < 2)
            return null;

        Assert.Equal(0, header[0] & 0x30);
        Assert.Equal(0, header[1] & 0x80);
        long length = header[1];
        if (length >= 126)
        {
            var extended = new byte[length == 126 ? 2 : 8];
            await stream.ReadExactlyAsync(extended, cancellationToken);
            length = length == 126 ? BinaryPrimitives.ReadUInt16BigEndian(extended) : BinaryPrimitives.ReadInt64BigEndian(extended);
            Assert.True(length > (extended.Length == 2 ? 125 : ushort.MaxValue), "The length is not in its shortest form.");
        }

        var payload = new byte[length];
        await stream.ReadExactlyAsync(payload, cancellationToken);
        return new((FrameOpcode)(header[0] & 0x0F), (header[0] & 0x80) != 0, payload) { IsCompressed = (header[0] & 0x40) != 0 };
    }
}
