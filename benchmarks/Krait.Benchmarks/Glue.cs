using System.Buffers;
using System.Net.WebSockets;
using Krait.CompilerServices;

namespace Krait.Benchmarks;

/// <summary>What the generator wrote for a controller, called as the runtime calls it, without a socket.</summary>
internal sealed class Glue<TSelf, TReceive, TSend>
    where TSelf : class, IWebSocketController<TSelf>
{
    private readonly Func<TSelf, TReceive, WebSocketConnection<TSend>, ValueTask> _onMessage;
    private readonly IMessageDecoder<TReceive> _decoder;
    private readonly IMessageEncoder<TSend> _encoder;

    public Glue()
    {
        var descriptor = (ControllerDescriptor<TSelf, TReceive, TSend>)TSelf.Descriptor;
        var codecs = new CodecBinder(new ServiceCollection().BuildServiceProvider(), typeof(TSelf).Name);
        _onMessage = descriptor.OnMessage!;
        _decoder = descriptor.Decoder(codecs);
        _encoder = descriptor.Encoder(codecs);
    }

    /// <summary>Decodes a message and calls its handler, which replies nothing, and so needs no connection.</summary>
    public void Receive(TSelf controller, byte[] message)
    {
        var handling = _onMessage(controller, _decoder.Decode(new(WebSocketMessageType.Text, new(message))), null!);
        if (!handling.IsCompletedSuccessfully)
            throw new InvalidOperationException("The handler did not return.");
    }

    public WebSocketMessageType Encode(TSend message, IBufferWriter<byte> output) => _encoder.Encode(message, output);
}
