using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>A transport on any <see cref="WebSocket"/>: TestServer's, or one of a server without upgraded streams.</summary>
/// <remarks>
/// The socket keeps its secrets: pings are its own affair and have no deadline (its own would abort a healthy peer whenever nobody reads), a message that is too
/// large is noticed by counting, and a violation is answered by the socket itself, with a status that it does not tell.
/// </remarks>
internal sealed class WebSocketTransport : MessageTransport
{
    private readonly WebSocket _webSocket;
    private readonly ReceiveWindow _window = new();
    private readonly int _maxMessageSize;
    private FragmentBudget _budget;

    /// <summary>Starts on an open socket, which the transport owns.</summary>
    /// <param name="webSocket">The socket.</param>
    /// <param name="abort">Breaks the connection below the socket.</param>
    /// <param name="options">The limits.</param>
    public WebSocketTransport(WebSocket webSocket, Action abort, TransportOptions options)
        : base(new WebSocketOutput(webSocket, options), new TransportCarrier(webSocket, abort))
    {
        _webSocket = webSocket;
        _maxMessageSize = options.MaxMessageSize;
        _budget = new(_maxMessageSize);
    }

    public override IDisposable DetachPayload() => _window.Detach();

    public override async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (_webSocket.State is WebSocketState.Open or WebSocketState.CloseSent)
                await _webSocket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The connection broke or time is up: either way there is nobody left to wait for.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync().ConfigureAwait(false);
        _window.Dispose();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<TransportRead> ReadNextAsync()
    {
        try
        {
            // Waits without a buffer.
            _window.Park();
            var result = await _webSocket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
            _ = _window.GetMemory(inMessage: false, expected: 0);
            _window.BeginMessage();
            _budget.Reset();
            while (result.MessageType != WebSocketMessageType.Close)
            {
                _window.Received(result.Count);
                _window.TakeIntoMessage(result.Count);
                var length = _window.Message.Length;
                if (!_budget.TryAdd(result.Count))
                    return End(TransportRead.Violation(CloseCause.MessageTooLarge, 1009, "The message is too large."));

                if (result.EndOfMessage)
                    return TransportRead.Message(result.MessageType, _window.Message);

                // One byte more than is allowed shows that there is more.
                var memory = _window.GetMemory(inMessage: true, _maxMessageSize - length + 1L);
                result = await _webSocket.ReceiveAsync(memory, CancellationToken.None).ConfigureAwait(false);
            }

            return End(TransportRead.Close((int)(_webSocket.CloseStatus ?? WebSocketCloseStatus.Empty), _webSocket.CloseStatusDescription));
        }
        catch (Exception e)
        {
            return End(Lost ?? Classify(e));
        }
    }

    // What else is thrown means a broken connection, in many types; whichever it is goes up with the loss.
    private static TransportRead Classify(Exception e) => (e as WebSocketException)?.WebSocketErrorCode switch
    {
        WebSocketError.Faulted or WebSocketError.HeaderError or WebSocketError.InvalidMessageType =>
            TransportRead.Violation(CloseCause.ProtocolError, 1002, "The client broke the protocol."),
        _ => TransportRead.Lost(CloseCause.ConnectionLost, e),
    };
}
