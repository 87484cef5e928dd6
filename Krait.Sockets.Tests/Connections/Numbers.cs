namespace Krait.Sockets.Tests.Connections;

/// <summary>An endless sequence of bytes, in which each differs from those around it.</summary>
internal static class Numbers
{
    private const int Period = 199;

    private static readonly byte[] s_bytes = [.. Enumerable.Range(0, 1_000_000).Select(static index => (byte)(index % Period))];

    public static ReadOnlySpan<byte> Of(long start, int count) => s_bytes.AsSpan((int)(start % Period), count);
}
