using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>
/// Deflates messages for a client (RFC 7692, section 7.2.1). In the order in which they leave, so by the sender.
/// </summary>
/// <remarks>A WebSocket of .NET is the codec: its frame is taken apart again, and only the payload is used.</remarks>
internal sealed class MessageDeflater : IDisposable
{
    private readonly WebSocketDeflateOptions _options;
    private readonly CodecStream _sink;
    private FrameWriter? _output;
    private WebSocket? _codec;

    /// <param name="options">What was agreed with the client.</param>
    public MessageDeflater(WebSocketDeflateOptions options)
    {
        _options = options;
        _sink = new() { Written = frame => _output!.Write(frame.Span[(frame.Span[1] switch { 127 => 10, 126 => 4, _ => 2 })..]) };
    }

    /// <summary>Whether each message is compressed by itself, so that connections can share compressed messages.</summary>
    public bool IsContextFree => !_options.ServerContextTakeover;

    /// <summary>The base-two logarithm of the window's size.</summary>
    public int WindowBits => _options.ServerMaxWindowBits;

    /// <summary>Writes a deflated payload.</summary>
    public void Deflate(ReadOnlyMemory<byte> payload, FrameWriter output)
    {
        _codec ??= CreateCodec();
        _output = output;
        try
        {
#pragma warning disable CA2012 // It is complete: the sink never waits.
            _codec.SendAsync(
                payload,
                WebSocketMessageType.Binary,
                WebSocketMessageFlags.EndOfMessage,
                CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore CA2012
        }
        catch
        {
            // The client never sees what is in the codec's window now, so nothing later may refer to it.
            _codec.Dispose();
            _codec = null;
            throw;
        }
        finally
        {
            _output = null;
        }
    }

    public void Dispose() => _codec?.Dispose();

    private WebSocket CreateCodec() => WebSocket.CreateFromStream(
        _sink,
        new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
            DangerousDeflateOptions = _options,
        });
}
