using System.Buffers;
using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>Deflates messages for a client (RFC 7692, section 7.2.1). In the order in which they leave, so under the output's lock.</summary>
/// <remarks>A WebSocket of .NET is the codec: its frame is taken apart again, and only the payload is used.</remarks>
internal sealed class MessageDeflater : IDisposable
{
    private readonly WebSocketDeflateOptions _options;
    private readonly CodecStream _sink;
    private OutputBuffer? _output;
    private WebSocket? _codec;

    /// <param name="options">What was agreed with the client.</param>
    public MessageDeflater(WebSocketDeflateOptions options)
    {
        _options = options;
        _sink = new() { Written = frame => _output!.Write(frame.Span[(frame.Span[1] switch { 127 => 10, 126 => 4, _ => 2 })..]) };
    }

    /// <summary>Puts the deflated payload into the place of the one that was begun.</summary>
    public void Deflate(OutputBuffer output)
    {
        _codec ??= WebSocket.CreateFromStream(_sink, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan, DangerousDeflateOptions = _options });
        var payload = output.TakePayload();
        _output = output;
        try
        {
#pragma warning disable CA2012 // It is complete: the sink never waits.
            _codec.SendAsync(payload, WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage, CancellationToken.None).GetAwaiter().GetResult();
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
}
