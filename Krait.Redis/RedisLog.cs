using Microsoft.Extensions.Logging;

namespace Krait.Redis;

/// <summary>The log messages about Redis.</summary>
internal sealed partial class RedisLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(
        320,
        LogLevel.Warning,
        "Redis cannot be reached ({Reason}), so rooms do not reach other servers. Krait tries again every second.")]
    public partial void Lost(string reason, Exception? error);

    [LoggerMessage(321, LogLevel.Information, "Redis can be reached again; rooms catch up.")]
    public partial void Restored();

    [LoggerMessage(
        322, LogLevel.Warning, "The channel {Channel} has a message that Krait has not sent. Krait skips such messages.")]
    public partial void ForeignMessage(string channel);
}
