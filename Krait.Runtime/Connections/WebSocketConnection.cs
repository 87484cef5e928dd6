using System.Buffers.Text;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Security.Cryptography;
using Krait.Connections;
using Krait.Messaging;
using Krait.Rooms;
using Krait.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace Krait;

/// <summary>A WebSocket connection, without the type of its messages. Thread-safe, except for <see cref="Items"/>.</summary>
public abstract class WebSocketConnection
{
    private RoomOutlet? _rooms; // made when the connection joins its first room
    private ClaimsPrincipal? _user; // for an anonymous client it is created at the first read

    private protected WebSocketConnection(
        UpgradeRequest request, string? protocol, MessageTransport transport, ConnectionLifetime lifetime, TimeProvider time)
    {
        UpgradeRequest = request;
        _user = request.HttpContext.Features.Get<IHttpAuthenticationFeature>()?.User;
        Protocol = protocol;
        Transport = transport;
        Lifetime = lifetime;
        Time = time;
    }

    /// <summary>A unique id of the connection. It is not a secret, so do not use it as a credential.</summary>
    public string ConnectionId { get; } = NewId();

    /// <summary>The HTTP request that became this connection. It lives as long as the connection.</summary>
    /// <remarks>
    /// If you need headers or route values later, copy them in [OnOpen]. After the connection, the server uses the same object
    /// for other requests.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The connection has ended.</exception>
    public HttpContext HttpContext => UpgradeRequest.HttpContext;

    /// <summary>The request to upgrade.</summary>
    public UpgradeRequest UpgradeRequest { get; }

    /// <summary>The negotiated subprotocol, or null if there is none.</summary>
    public string? Protocol { get; }

    /// <summary>
    /// The user of the connection, as authenticated at the upgrade or by <see cref="ReauthenticateAsync"/>. You can read it after
    /// the end of the connection, too.
    /// </summary>
    public ClaimsPrincipal User =>
        Volatile.Read(ref _user) ?? Interlocked.CompareExchange(ref _user, new(new ClaimsIdentity()), null) ?? _user;

    /// <summary>Values that handlers store with the connection. Not thread-safe.</summary>
    public IDictionary<object, object?> Items => field ??= new Dictionary<object, object?>();

    /// <summary>A token that is cancelled when the connection is closing.</summary>
    public CancellationToken Stopping => Lifetime.Stopping;

    /// <summary>A task that completes when the connection has ended and [OnClose] has returned. It never fails.</summary>
    public Task Completion => Lifetime.Completion;

    /// <summary>The number of bytes that wait to be sent, without <see cref="WaitingMessages"/>.</summary>
    public long BufferedBytes => Transport.BufferedBytes;

    /// <summary>
    /// The number of messages of rooms that wait because the client reads slowly. They do not count in
    /// <see cref="BufferedBytes"/> yet.
    /// </summary>
    public int WaitingMessages => Volatile.Read(ref _rooms)?.WaitingMessages ?? 0;

    internal ConnectionLifetime Lifetime { get; }

    internal MessageTransport Transport { get; }

    internal TimeProvider Time { get; }

    /// <summary>How many bytes may wait to be sent before sending waits.</summary>
    internal abstract int SendBufferSize { get; }

    /// <summary>Whether messages can still reach the client.</summary>
    internal abstract bool TakesSends { get; }

    /// <summary>Calls [OnLost]; null if there is none.</summary>
    internal ILostHandler? LostHandler { get; set; }

    /// <summary>Calls [OnPresence]; null if there is none.</summary>
    internal IPresenceHandler? PresenceHandler { get; set; }

    /// <summary>Where the connection's rooms send to.</summary>
    internal RoomOutlet Rooms =>
        Volatile.Read(ref _rooms) ?? Interlocked.CompareExchange(ref _rooms, new(this, RoomCodec), null) ?? _rooms;

    /// <summary>How the messages of rooms are encoded.</summary>
    private protected abstract RoomCodec RoomCodec { get; }

    /// <summary>Links the spans of messages to the span of the request; null if the request had none.</summary>
    internal ActivityLink[]? UpgradeSpan { get; set; }

    /// <summary>
    /// Counts and logs a message of a room that was put in line, if there is a listener or a log. Under the output's lock.
    /// </summary>
    internal abstract void CountSent(IEncodedMessage message, in OutputSegment segment);

    /// <summary>Whether <see cref="CountSent"/> must be called.</summary>
    internal abstract bool CountsSent { get; }

    /// <summary>Moves the time at which the connection is closed; null if it is never closed for that reason.</summary>
    internal Action<DateTimeOffset?>? ExpirationMoved { get; set; }

    internal IReplyStreams Streams { get; set; } = null!;

    /// <summary>Makes the scopes of handlers that take services.</summary>
    internal IServiceScopeFactory Scopes
    {
        get => field ?? throw new InvalidOperationException("The connection was made without a factory of scopes.");
        init;
    }

    /// <summary>
    /// Authenticates the user anew with another token, for example before the first one expires. The scheme and the policies of
    /// the endpoint decide, as at an upgrade with that token.
    /// </summary>
    /// <remarks>
    /// Middleware does not see this call. If it succeeds, <see cref="User"/> is the user of the new token, and
    /// <see cref="KraitOptions.CloseOnAuthenticationExpiration"/> uses the new time.
    /// </remarks>
    /// <param name="token">The bearer token, as it would follow <c>Bearer</c> in the Authorization header.</param>
    /// <returns>
    /// True if the token is valid, every policy is met, and the user is the same. A user with the same <c>NameIdentifier</c>
    /// claim is the same; on an anonymous connection, any user will do. False leaves everything unchanged.
    /// </returns>
    /// <exception cref="ArgumentException">The token is empty or contains control characters.</exception>
    /// <exception cref="InvalidOperationException">
    /// The application has no authentication, or the connection has ended.
    /// </exception>
    public async Task<bool> ReauthenticateAsync(string token)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        if (token.Any(char.IsControl))
            throw new ArgumentException("The token contains a control character; pass it without line breaks.", nameof(token));

        var ticket = await Reauthentication.AuthenticateAsync(HttpContext, token, Scopes).ConfigureAwait(false);
        if (ticket is null || !Reauthentication.MayReplace(User, ticket.Principal))
            return false;

        Volatile.Write(ref _user, ticket.Principal);
        ExpirationMoved?.Invoke(ticket.Properties.ExpiresUtc);
        return true;
    }

    /// <summary>Starts closing the connection and returns at once; the first close wins.</summary>
    /// <param name="status">The close status.</param>
    /// <param name="reason">The text for the client. Krait cuts it at a character to at most 123 bytes of UTF-8.</param>
    /// <exception cref="ArgumentException">The status may not be sent (RFC 6455, section 7.4).</exception>
    public void Close(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null) =>
        Close((int)status, reason);

    /// <inheritdoc cref="Close(WebSocketCloseStatus, string?)"/>
    public void Close(int status, string? reason = null)
    {
        CloseFrame.Demand(status);
        Lifetime.RequestClose(new((WebSocketCloseStatus)status, CloseFrame.Cut(reason), CloseCause.ServerClosed));
    }

    /// <summary>
    /// Closes the connection and waits for the closing handshake. You can await it inside the connection's own handlers.
    /// </summary>
    /// <param name="status">The close status.</param>
    /// <param name="reason">The text for the client. Krait cuts it at a character to at most 123 bytes of UTF-8.</param>
    /// <param name="cancellationToken">Cancels the wait, but not the close.</param>
    /// <exception cref="ArgumentException">The status may not be sent (RFC 6455, section 7.4).</exception>
    public Task CloseAsync(
        WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure,
        string? reason = null,
        CancellationToken cancellationToken = default) =>
        CloseAsync((int)status, reason, cancellationToken);

    /// <inheritdoc cref="CloseAsync(WebSocketCloseStatus, string?, CancellationToken)"/>
    public Task CloseAsync(int status, string? reason = null, CancellationToken cancellationToken = default)
    {
        Close(status, reason);
        return Lifetime.Handshake.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Starts closing the connection with 1013 because the client reads too slowly, as a room does, and returns at once; the
    /// first close wins.
    /// </summary>
    /// <remarks>
    /// <c>CloseInfo.Cause</c> is <see cref="CloseCause.TooSlow"/>. Krait still sends the content of the send buffer, within
    /// <see cref="KraitOptions.CloseTimeout"/>.
    /// </remarks>
    public void CloseTooSlow() => Lifetime.RequestClose(new(CloseFrame.TryAgainLater, "too slow", CloseCause.TooSlow));

    /// <summary>Breaks the connection without a close frame.</summary>
    public void Abort()
    {
        Lifetime.RequestClose(new(CloseFrame.Abnormal, null, CloseCause.ServerClosed));
        Transport.Abort();
    }

    /// <summary>
    /// Waits until the connection has ended and [OnClose] has returned. Do not await it in the connection's own handlers: they
    /// would wait for themselves.
    /// </summary>
    /// <param name="timeout">How long to wait; <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <returns>True if it has ended, false if the timeout came first.</returns>
    public async Task<bool> WaitStoppedAsync(TimeSpan timeout) =>
        await Completion.CompletesWithinAsync(timeout, Time).ConfigureAwait(false);

    /// <summary>Puts waiting messages of rooms in line, as soon as there is room for them.</summary>
    internal void AdvanceRooms() => Volatile.Read(ref _rooms)?.Advance();

    /// <summary>Puts the messages of rooms in line, so that the next send comes after them. Not under a lock.</summary>
    internal void CatchUpWithRooms() => Volatile.Read(ref _rooms)?.CatchUp();

    /// <summary>Takes the connection out of all its rooms. Not under a lock.</summary>
    internal void LeaveRooms() => Volatile.Read(ref _rooms)?.LeaveAll();

    private static string NewId()
    {
        Span<byte> bytes = stackalloc byte[15];
        RandomNumberGenerator.Fill(bytes);
        return Base64Url.EncodeToString(bytes);
    }
}
