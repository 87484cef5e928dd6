using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Limits that no test runs into by accident.</summary>
internal static class Limits
{
    public static TransportOptions Wide { get; } = new()
    {
        MaxMessageSize = 64 * 1024 * 1024,
        KeepAliveInterval = Timeout.InfiniteTimeSpan,
        KeepAliveTimeout = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
        TimeProvider = TimeProvider.System,
    };
}
