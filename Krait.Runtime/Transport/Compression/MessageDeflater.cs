using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>
/// Deflates messages for a client (RFC 7692, section 7.2.1). Only the sender uses it, because the order of messages matters.
/// </summary>
/// <remarks>It uses a WebSocket of .NET as the codec, and takes only the payload out of its frame.</remarks>
internal sealed class MessageDeflater : IDisposable
{
    private readonly WebSocketDeflateOptions _options;
    private readonly CodecStream _sink;
    private FrameWriter? _output;
    private WebSocket? _codec;

    /// <param name="options">The negotiated options.</param>
    public MessageDeflater(WebSocketDeflateOptions options)
    {
        _options = options;
        _sink = new() { Written = frame => _output!.Write(frame.Span[(frame.Span[1] switch { 127 => 10, 126 => 4, _ => 2 })..]) };
    }

    /// <summary>Whether each message is compressed on its own, so that connections can share compressed messages.</summary>
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
            // The client does not get this message, so later messages must not refer to it through the codec's window.
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
