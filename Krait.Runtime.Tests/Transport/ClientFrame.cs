using System.Buffers.Binary;
using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Frames as clients send them, good and bad; written without the code under test.</summary>
internal static class ClientFrame
{
    private static readonly byte[] Key = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(string text, bool isFinal = true) => Of(FrameOpcode.Text, Encoding.UTF8.GetBytes(text), isFinal);

    public static byte[] Binary(byte[] payload, bool isFinal = true) => Of(FrameOpcode.Binary, payload, isFinal);

    public static byte[] Continuation(byte[] payload, bool isFinal = true) => Of(FrameOpcode.Continuation, payload, isFinal);

    public static byte[] Ping(params byte[] payload) => Of(FrameOpcode.Ping, payload);

    public static byte[] Pong(params byte[] payload) => Of(FrameOpcode.Pong, payload);

    public static byte[] Close(params byte[] payload) => Of(FrameOpcode.Close, payload);

    public static byte[] Close(int status, string reason = "") => Close([(byte)(status >> 8), (byte)status, .. Encoding.UTF8.GetBytes(reason)]);

    public static byte[] Of(FrameOpcode opcode, byte[] payload, bool isFinal = true) => Of(opcode, payload, isFinal, Key);

    /// <summary>A frame with a key of its own, of four bytes.</summary>
    public static byte[] Of(FrameOpcode opcode, byte[] payload, bool isFinal, byte[] key) =>
        [.. Header((byte)((isFinal ? 0x80 : 0) | (byte)opcode), payload.Length)[..^4], .. key, .. Masked(payload, key)];

    /// <summary>A header whose length is declared, in its shortest form unless another number of length bytes is asked for (0, 2 or 8).</summary>
    public static byte[] Header(byte first, long length, int? lengthBytes = null, bool isMasked = true)
    {
        var size = lengthBytes ?? (length <= 125 ? 0 : length <= ushort.MaxValue ? 2 : 8);
        var header = new byte[2 + size];
        header[0] = first;
        header[1] = (byte)((isMasked ? 0x80 : 0) | (size switch { 0 => (int)length, 2 => 126, _ => 127 }));
        if (size == 2)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        else if (size == 8)
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);

        return isMasked ? [.. header, .. Key] : header;
    }

    private static byte[] Masked(byte[] payload, byte[] key)
    {
        var masked = new byte[payload.Length];
        for (var i = 0; i < payload.Length; i++)
            masked[i] = (byte)(payload[i] ^ key[i % 4]);

        return masked;
    }
}
