using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>A transport on any <see cref="WebSocket"/>: TestServer's, or one of a server without upgraded streams.</summary>
/// <remarks>
/// The socket sends pings itself, without a deadline: its deadline would abort a healthy peer while the server is not reading.
/// Krait counts bytes to find messages that are too large. The socket answers violations itself, and hides the status.
/// </remarks>
internal sealed class WebSocketTransport : MessageTransport
{
    private const int DiscardSize = 16 * 1024;

    private readonly WebSocket _webSocket;
    private readonly ReceiveWindow _window = new();
    private readonly int _maxMessageSize;
    private FragmentBudget _budget;
    private bool _isCutOff;

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

    public override bool IsInMessage => _isCutOff;

    public override IDisposable DetachPayload() => _window.Detach();

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
                    return CutOff(!result.EndOfMessage);

                if (result.EndOfMessage)
                    return TransportRead.Message(result.MessageType, _window.Message);

                // Read one byte more than the limit, to see whether the message is longer.
                var memory = _window.GetMemory(inMessage: true, _maxMessageSize - length + 1L);
                result = await _webSocket.ReceiveAsync(memory, CancellationToken.None).ConfigureAwait(false);
            }

            return End(TransportRead.Close(_webSocket.CloseStatus ?? CloseFrame.NoStatus, _webSocket.CloseStatusDescription));
        }
        catch (Exception e)
        {
            return End(Lost ?? Classify(e));
        }
    }

    protected override async Task<bool> FindCloseAsync(DrainPatience patience)
    {
        if (!_isCutOff)
            patience.MessageEnded();

        var buffer = ArrayPool<byte>.Shared.Rent(DiscardSize);
        while (await DiscardAsync(buffer, patience.Over).ConfigureAwait(false) is { } result)
        {
            patience.Heard();
            if (result.EndOfMessage)
                patience.MessageEnded();
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return _webSocket.CloseStatus is not null;
    }

    private TransportRead CutOff(bool isInMessage)
    {
        _isCutOff = isInMessage;
        return End(TransportRead.TooLarge());
    }

    /// <summary>Discards a part of a message; null at the end.</summary>
    private async ValueTask<ValueWebSocketReceiveResult?> DiscardAsync(Memory<byte> buffer, CancellationToken over)
    {
        try
        {
            var result = await _webSocket.ReceiveAsync(buffer, over).ConfigureAwait(false);
            return result.MessageType == WebSocketMessageType.Close ? null : result;
        }
        catch (Exception)
        {
            // Time is up, or the connection broke, for which sockets throw exceptions of many types: stop reading.
            return null;
        }
    }

    // All other exceptions mean a broken connection, whatever their type. They become the error of the loss.
    private static TransportRead Classify(Exception e) => (e as WebSocketException)?.WebSocketErrorCode switch
    {
        WebSocketError.Faulted or WebSocketError.HeaderError or WebSocketError.InvalidMessageType =>
            TransportRead.ProtocolError("The client broke the protocol."),
        _ => TransportRead.Lost(CloseCause.ConnectionLost, e),
    };
}
