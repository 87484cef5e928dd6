using System.IO.Compression;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Payloads of compressed messages, as a client without context takeover writes and reads them (RFC 7692, section 7.2).</summary>
internal static class Deflated
{
    private static readonly byte[] EmptyBlock = [0, 0, 0xFF, 0xFF];
    private static readonly byte[] LastBlock = [1, 0, 0, 0xFF, 0xFF];

    public static byte[] Of(byte[] payload)
    {
        var compressed = new MemoryStream();
        using var deflating = new DeflateStream(compressed, CompressionLevel.SmallestSize);
        deflating.Write(payload);
        deflating.Flush();
        var bytes = compressed.ToArray();
        Assert.Equal(EmptyBlock, bytes[^4..]);
        return bytes[..^4];
    }

    public static byte[] Read(byte[] payload)
    {
        using var inflating = new DeflateStream(new MemoryStream([.. payload, .. EmptyBlock, .. LastBlock]), CompressionMode.Decompress);
        var inflated = new MemoryStream();
        inflating.CopyTo(inflated);
        return inflated.ToArray();
    }
}
