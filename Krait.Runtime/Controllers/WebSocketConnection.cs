using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Krait;

/// <summary>A WebSocket connection, without the type of its messages. Thread-safe.</summary>
public abstract class WebSocketConnection
{
    private protected WebSocketConnection()
    {
    }

    /// <summary>Names the connection: unique, and never a credential.</summary>
    public string ConnectionId => throw new NotImplementedException();

    /// <summary>The HTTP request that became this connection.</summary>
    public HttpContext HttpContext => UpgradeRequest.HttpContext;

    /// <summary>The request to upgrade.</summary>
    public UpgradeRequest UpgradeRequest => throw new NotImplementedException();

    /// <summary>The subprotocol, or null if none was agreed on.</summary>
    public string? Protocol => throw new NotImplementedException();

    /// <summary>Who asked for the connection.</summary>
    public ClaimsPrincipal User => HttpContext.User;

    /// <summary>A place for what handlers want to remember. Not thread-safe.</summary>
    public IDictionary<object, object?> Items => throw new NotImplementedException();

    /// <summary>Fires when the connection is going away.</summary>
    public CancellationToken Stopping => throw new NotImplementedException();

    /// <summary>Completes, never with an error, when the connection has ended and [OnClose] has returned.</summary>
    public Task Completion => throw new NotImplementedException();

    /// <summary>How many bytes wait to be sent.</summary>
    public long BufferedBytes => throw new NotImplementedException();

    /// <summary>Starts closing the connection and returns at once; the first close wins.</summary>
    /// <param name="status">The close status.</param>
    /// <param name="reason">What the client is told; over 123 bytes of UTF-8 it is cut at a character.</param>
    /// <exception cref="ArgumentException">The status may not be sent (RFC 6455, section 7.4).</exception>
    public void Close(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null) => Close((int)status, reason);

    /// <inheritdoc cref="Close(WebSocketCloseStatus, string?)"/>
    public void Close(int status, string? reason = null) => throw new NotImplementedException();

    /// <summary>Closes the connection and waits for the closing handshake. Safe inside the connection's own handlers.</summary>
    /// <param name="status">The close status.</param>
    /// <param name="reason">What the client is told; over 123 bytes of UTF-8 it is cut at a character.</param>
    /// <param name="cancellationToken">Ends the waiting, not the closing.</param>
    /// <exception cref="ArgumentException">The status may not be sent (RFC 6455, section 7.4).</exception>
    public Task CloseAsync(WebSocketCloseStatus status = WebSocketCloseStatus.NormalClosure, string? reason = null, CancellationToken cancellationToken = default) =>
        CloseAsync((int)status, reason, cancellationToken);

    /// <inheritdoc cref="CloseAsync(WebSocketCloseStatus, string?, CancellationToken)"/>
    public Task CloseAsync(int status, string? reason = null, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Breaks the connection without a close frame.</summary>
    public void Abort() => throw new NotImplementedException();

    /// <summary>Waits until the connection is stopping.</summary>
    /// <returns>True if it is, false if the timeout came first.</returns>
    public Task<bool> WaitStoppedAsync(TimeSpan timeout) => throw new NotImplementedException();
}
