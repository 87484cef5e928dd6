namespace Krait.Telemetry;

/// <summary>The sizes of the frames that a server sends: one for each message, and not masked (RFC 6455, section 5.2).</summary>
internal static class FrameSizes
{
    /// <summary>The size of the payload in a frame.</summary>
    public static int PayloadOf(int frameLength) => frameLength - frameLength switch
    {
        <= 125 + 2 => 2,
        <= ushort.MaxValue + 4 => 4,
        _ => 10,
    };
}
