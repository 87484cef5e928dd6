using Microsoft.Extensions.Logging;

namespace Krait.Rooms;

/// <summary>The log messages about rooms that servers share.</summary>
internal sealed partial class BackplaneLog(ILogger logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(300, LogLevel.Warning, "The backplane cannot be reached. Krait tries again until it can.")]
    public partial void Unreachable(Exception error);

    [LoggerMessage(305, LogLevel.Debug, "The backplane can be reached again.")]
    public partial void Reachable();

    [LoggerMessage(
        301,
        LogLevel.Warning,
        "A message to a room could not be sent to the other servers. {Count} since the start were not sent.")]
    public partial void NotSent(Exception error, long count);

    [LoggerMessage(
        302,
        LogLevel.Warning,
        "The channel {Channel} has a message that this version of Krait cannot read. It is skipped; others are only counted.")]
    public partial void UnknownMessage(string channel);

    [LoggerMessage(
        303,
        LogLevel.Error,
        "A message of the channel {Channel} could not be delivered. [OnLost] tells its members that it is missing.")]
    public partial void MessageFailed(Exception error, string channel);

    [LoggerMessage(
        304,
        LogLevel.Warning,
        "This server does not hear its own heartbeat. It replaces the connection on which messages arrive.")]
    public partial void Deaf();
}
