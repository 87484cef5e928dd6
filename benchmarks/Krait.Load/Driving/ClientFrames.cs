using System.Buffers.Binary;

namespace Krait.Load.Driving;

/// <summary>Masked frames (RFC 6455, section 5.2).</summary>
internal static class ClientFrames
{
    private const byte FinalText = 0x81;
    private const byte FinalBinary = 0x82;
    private const byte FinalClose = 0x88;
    private const byte FinalPing = 0x89;
    private const byte FinalPong = 0x8A;
    private static readonly byte[] Mask = [0x37, 0xFA, 0x21, 0x3D];

    public static byte[] Text(byte[] payload) => Frame(FinalText, payload);

    public static byte[] Binary(byte[] payload) => Frame(FinalBinary, payload);

    public static byte[] Ping(byte[] payload) => Frame(FinalPing, payload);

    public static byte[] Pong(byte[] payload) => Frame(FinalPong, payload);

    public static byte[] Close(int status)
    {
        var payload = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)status);
        return Frame(FinalClose, payload);
    }

    private static byte[] Frame(byte first, byte[] payload)
    {
        byte[] length = payload.Length switch
        {
            <= 125 => [(byte)payload.Length],
            <= ushort.MaxValue => [126, 0, 0],
            _ => [127, 0, 0, 0, 0, 0, 0, 0, 0],
        };
        if (length.Length == 3)
            BinaryPrimitives.WriteUInt16BigEndian(length.AsSpan(1), (ushort)payload.Length);
        else if (length.Length == 9)
            BinaryPrimitives.WriteUInt64BigEndian(length.AsSpan(1), (ulong)payload.Length);

        length[0] |= 0x80;
        return [first, .. length, .. Mask, .. payload.Select((b, i) => (byte)(b ^ Mask[i & 3]))];
    }
}
