using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>Limits that no benchmark meets, and no timers.</summary>
internal static class Limits
{
    public static TransportOptions Of(TimeProvider time) => new()
    {
        MaxMessageSize = 1024 * 1024,
        KeepAliveInterval = Timeout.InfiniteTimeSpan,
        KeepAliveTimeout = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
        TimeProvider = time,
    };
}
