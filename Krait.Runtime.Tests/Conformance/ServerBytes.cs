using System.Buffers.Binary;
using System.Text;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>What a server must write, to the byte: unmasked, unfragmented, each length in its shortest form.</summary>
internal static class ServerBytes
{
    public static byte[] Text(string text) => Of(1, Encoding.UTF8.GetBytes(text));

    public static byte[] Text(byte[] payload) => Of(1, payload);

    public static byte[] Binary(params byte[] payload) => Of(2, payload);

    public static byte[] Pong(params byte[] payload) => Of(10, payload);

    public static int HeaderSize(int length) => length switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 };

    public static byte[] Of(byte opcode, byte[] payload)
    {
        var header = new byte[HeaderSize(payload.Length)];
        header[0] = (byte)(0x80 | opcode);
        header[1] = header.Length switch { 2 => (byte)payload.Length, 4 => 126, _ => 127 };
        if (header.Length == 4)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)payload.Length);
        else if (header.Length == 10)
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), payload.Length);

        return [.. header, .. payload];
    }
}
