using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>Inflates the messages of a client (RFC 7692, section 7.2.2). One reader at a time.</summary>
/// <remarks>
/// It uses a WebSocket of .NET as the codec, which reads complete and checked frames from memory, so that it only has to
/// inflate.
/// </remarks>
/// <param name="options">The negotiated options.</param>
/// <param name="maxMessageSize">The maximum size of an inflated message, in bytes.</param>
internal sealed class MessageInflater(WebSocketDeflateOptions options, int maxMessageSize) : IDisposable
{
    private readonly ReceiveWindow _window = new();
    private readonly CodecStream _source = new();
    private WebSocket? _codec;

    /// <summary>
    /// The largest payload of a message before it is inflated. Data that cannot be compressed grows a little; zlib documents
    /// how much at most.
    /// </summary>
    public int LargestCompressed { get; } = (int)Math.Min(
        Array.MaxLength, 64L + maxMessageSize + (maxMessageSize >> 3) + (maxMessageSize >> 6));

    /// <summary>The last inflated message.</summary>
    public ReadOnlyMemory<byte> Message => _window.Message;

    /// <summary>Keeps the memory of that message until the result is disposed.</summary>
    public IDisposable Detach() => _window.Detach();

    /// <summary>Gives the buffer back.</summary>
    public void Park() => _window.Park();

    /// <summary>Inflates a message, all its frames together.</summary>
    /// <returns>Done; InvalidData; or DestinationTooSmall if it is larger than the maximum.</returns>
    public OperationStatus Inflate(ReadOnlyMemory<byte> compressed)
    {
        // The codec takes it for an empty message, and reads the following bytes as the rest of a block that never began.
        if (compressed.IsEmpty)
            return OperationStatus.InvalidData;

        _codec ??= WebSocket.CreateFromStream(
            _source,
            new WebSocketCreationOptions
            {
                IsServer = true,
                KeepAliveInterval = Timeout.InfiniteTimeSpan,
                DangerousDeflateOptions = options,
            });
        _source.Put(compressed);
        _ = _window.GetMemory(inMessage: false, expected: 0);
        _window.BeginMessage();
        try
        {
            return InflateAll(_codec);
        }
        catch (WebSocketException)
        {
            return OperationStatus.InvalidData;
        }
    }

    public void Dispose()
    {
        _codec?.Dispose();
        _window.Dispose();
    }

    private OperationStatus InflateAll(WebSocket codec)
    {
        while (true)
        {
            // Read one byte more than the limit, to see whether the message is longer.
            var room = _window.GetMemory(inMessage: true, maxMessageSize - Message.Length + 1L);
            var wasExhausted = _source.IsExhausted;
#pragma warning disable CA2012 // It is complete: the source never waits.
            var result = codec.ReceiveAsync(room, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore CA2012
            _window.Received(result.Count);
            _ = _window.TakeIntoMessage(result.Count);
            if (Message.Length > maxMessageSize)
                return OperationStatus.DestinationTooSmall;

            if (result.EndOfMessage)
                return OperationStatus.Done;

            // The deflate stream has ended; the codec never reads bytes after its end.
            if (result.Count == 0 && wasExhausted)
                return OperationStatus.InvalidData;
        }
    }
}
