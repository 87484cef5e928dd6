using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using Krait.Connections;
using Krait.Rooms;
using Krait.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Hosting;

/// <summary>Closes the connections of users, on this server and on others. Thread-safe.</summary>
/// <remarks>
/// The order to close goes through a channel with history, so that a server that is away for a while finds it when it comes back.
/// </remarks>
internal sealed partial class UserClosing : IRoomInbox, IHostedService
{
    /// <summary>What a server may miss before it is too late.</summary>
    private static readonly RoomChannel s_channel = new("krait/users", new(length: 1000, age: TimeSpan.FromMinutes(10)));

    private static readonly ulong s_codec = StableHash.Of("krait/close user");

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
    public ValueTask CloseAsync(ClosedUser user, CancellationToken cancellationToken)
    {
        CloseHere(user);
        return _publisher is null ? default : new(_publisher.SendAsync(user.Write(s_codec)).WaitAsync(cancellationToken));
    }

    /// <summary>Begins to listen to other servers. Does not wait for them.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (_hub.IsOn)
            _hub.Open(new(s_channel, _hub, this));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask; // the hub ends what it opened

    void IRoomInbox.Receive(RelayedEntry entry)
    {
        if (entry.Envelope.Codec == s_codec && ClosedUser.TryRead(entry.Envelope.Payload.Span, out var user))
            CloseHere(user);
        else
            _hub.CountUnknown(s_channel.Name);
    }

    void IRoomInbox.ReceiveGap(long missing) => Missed(_logger);

    void IRoomInbox.Reconnected()
    {
        // The history shows what was missed.
    }

    void IRoomInbox.Preload(string? position, IReadOnlyList<RelayedEntry> entries)
    {
        // This server had no connections then.
    }

    void IRoomInbox.Begin()
    {
        // Nothing was missed before.
    }

    private void CloseHere(ClosedUser user)
    {
        foreach (var connection in ConnectionDirectory.OfUser(_connections, user.UserId))
            connection.Close(user.Status, user.Reason);
    }

    [LoggerMessage(210, LogLevel.Warning,
        "This server was cut off from the others for too long, and may have missed that connections of a user had to be closed.")]
    private static partial void Missed(ILogger logger);
}

/// <summary>A user whose connections are to be closed, on the way to other servers.</summary>
/// <remarks>
/// <code>
///   status  length  user id  reason
///     2       2     length   the rest
/// </code>
/// </remarks>
/// <param name="UserId">The id of the user.</param>
/// <param name="Status">The close status.</param>
/// <param name="Reason">The text for the clients.</param>
internal readonly record struct ClosedUser(string UserId, int Status, string? Reason)
{
    private const int HeaderSize = 4;

    /// <summary>Writes the payload into an envelope.</summary>
    public byte[] Write(ulong codec)
    {
        var user = Encoding.UTF8.GetBytes(UserId);
        var writer = new ArrayBufferWriter<byte>();
        var header = writer.GetSpan(HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)Status);
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], checked((ushort)user.Length));
        writer.Advance(HeaderSize);
        writer.Write(user);
        writer.Write(Encoding.UTF8.GetBytes(Reason ?? ""));
        return RoomEnvelope.Write(codec, WebSocketMessageType.Binary, except: null, writer.WrittenSpan);
    }

    /// <summary>Reads a payload. False if it is malformed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ClosedUser user)
    {
        user = default;
        if (payload.Length < HeaderSize)
            return false;

        var length = BinaryPrimitives.ReadUInt16LittleEndian(payload[2..]);
        var status = BinaryPrimitives.ReadUInt16LittleEndian(payload);
        if (payload.Length < HeaderSize + length || !CloseFrame.IsOfTheWire(status))
            return false;

        var reason = payload[(HeaderSize + length)..];
        user = new(
            Encoding.UTF8.GetString(payload.Slice(HeaderSize, length)),
            status,
            reason.IsEmpty ? null : Encoding.UTF8.GetString(reason));
        return true;
    }
}
