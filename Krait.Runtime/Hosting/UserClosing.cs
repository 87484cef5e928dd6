using Krait.Connections;
using Krait.Rooms;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Hosting;

/// <summary>Closes the connections of users, on this server and on others. Thread-safe.</summary>
/// <remarks>
/// The order to close goes through a channel with history, so that a server that is away for a while finds it when it comes back.
/// It contains the time of the order, so that connections that opened later stay open.
/// </remarks>
internal sealed partial class UserClosing : IRoomInbox, IHostedService
{
    /// <summary>The orders that a server can still get after it was cut off.</summary>
    private static readonly RoomChannel s_channel = new("krait/users", new(length: 1000, age: TimeSpan.FromMinutes(10)));

    private readonly ConnectionRegistry _connections;
    private readonly BackplaneHub _hub;
    private readonly ILogger _logger;
    private readonly RoomPublisher? _publisher;

    public UserClosing(ConnectionRegistry connections, BackplaneHub hub, ILogger<UserClosing> logger)
    {
        (_connections, _hub, _logger) = (connections, hub, logger);
        _publisher = hub.IsOn ? new(s_channel, hub, RoomUnavailability.Fail) : null;
    }

    /// <summary>Closes the connections of a user.</summary>
    /// <exception cref="RoomUnavailableException">The other servers cannot be reached.</exception>
    public ValueTask CloseAsync(string userId, int status, string? reason, CancellationToken cancellationToken)
    {
        var order = new ClosedUser(userId, status, reason, _hub.Time.GetUtcNow());
        CloseHere(order, isRelayed: false);
        return _publisher is null ? default : new(_publisher.SendAsync(order.Write()).WaitAsync(cancellationToken));
    }

    /// <summary>Begins to listen to other servers. Does not wait for them.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_hub.IsOn)
            _hub.Open(new(s_channel, _hub, this));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the hub ends subscriptions

    void IRoomInbox.Receive(RelayedEntry entry)
    {
        if (ClosedUser.TryRead(entry.Envelope.Codec, entry.Envelope.Payload.Span, out var user))
            CloseHere(user, isRelayed: true);
        else
            _hub.CountUnknown(s_channel.Name);
    }

    void IRoomInbox.ReceiveGap(long missing) => Missed(_logger);

    void IRoomInbox.Reconnected()
    {
        // The history has the orders that were missed.
    }

    void IRoomInbox.Preload(string? position, IReadOnlyList<RelayedEntry> entries)
    {
        // This server had no connections then.
    }

    void IRoomInbox.Begin()
    {
        // Nothing was missed before.
    }

    private void CloseHere(ClosedUser user, bool isRelayed)
    {
        foreach (var connection in ConnectionDirectory.OfUser(_connections, user.UserId))
        {
            if (!isRelayed || user.Includes(connection.UpgradeRequest.Began))
                connection.Close(user.Status, user.Reason);
        }
    }

    [LoggerMessage(210, LogLevel.Warning,
        "This server was cut off from the others for too long, and may have missed that connections of a user had to be closed.")]
    private static partial void Missed(ILogger logger);
}
