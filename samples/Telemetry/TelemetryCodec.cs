using System.Buffers;
using System.Net.WebSockets;
using Krait;

namespace Telemetry;

/// <summary>
/// Takes messages out of their envelope, and puts them into it. The oneof of the .proto file is the union of the controller.
/// </summary>
public sealed class TelemetryCodec : IMessageDecoder<IFromDevice>, IMessageEncoder<IToDevice>
{
    private readonly ProtobufCodec<FromDevice> incoming = new();
    private readonly ProtobufCodec<ToDevice> outgoing = new();

    /// <inheritdoc/>
    public IFromDevice Decode(in ReceivedMessage message)
    {
        var envelope = incoming.Decode(message);
        return envelope.MessageCase switch
        {
            FromDevice.MessageOneofCase.Hello => envelope.Hello,
            FromDevice.MessageOneofCase.Reading => envelope.Reading,

            // A case that only a newer device knows also arrives as None.
            _ => throw new InvalidMessageException(InvalidMessageKind.UnknownType, "The message has no case that is known here."),
        };
    }

    /// <inheritdoc/>
    public WebSocketMessageType Encode(IToDevice message, IBufferWriter<byte> output) => outgoing.Encode(
        message switch
        {
            Settings settings => new() { Settings = settings },
            Acknowledgement acknowledgement => new() { Acknowledgement = acknowledgement },
            Refusal refusal => new() { Refusal = refusal },
            _ => throw new ArgumentException($"{message.GetType()} is no case of the envelope.", nameof(message)),
        },
        output);
}
