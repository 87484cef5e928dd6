using System.Net.WebSockets;
using Krait.Messaging;

namespace Krait.Rooms;

/// <summary>
/// A message that another server has encoded: its bytes, and the message itself, decoded when it is needed. Thread-safe.
/// </summary>
/// <param name="contract">The codec of the bytes.</param>
/// <param name="type">Text or Binary.</param>
/// <param name="payload">The bytes.</param>
internal sealed class RelayedMessage<TSend>(RoomContract<TSend> contract, WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    : IEncodedMessage
{
    private readonly EncodedBytes _bytes = EncodedBytes.Relayed(contract.Encoder, type, payload);
    private Encoded<TSend>? _decoded;

    /// <summary>The message itself.</summary>
    /// <exception cref="Exception">The exception of the decoder, or there is none.</exception>
    public TSend Message => Decoded.Message;

    object? IEncodedMessage.Content => Message;

    private Encoded<TSend> Decoded => Volatile.Read(ref _decoded) ?? Decode();

    EncodedBytes IEncodedMessage.For(object encoder, string? protocol) =>
        encoder == contract.Encoder ? _bytes : ((IEncodedMessage)Decoded).For(encoder, protocol);

    private Encoded<TSend> Decode()
    {
        var decoder = contract.Decoder ?? throw new InvalidOperationException(
            $"A message of type '{typeof(TSend)}' from another server must be decoded here, but its codec only encodes; "
            + "implement IMessageCodec instead of IMessageEncoder.");
        var decoded = Encoded.Create(decoder.Decode(new(type, payload, contract.Protocol)));
        return Interlocked.CompareExchange(ref _decoded, decoded, null) ?? decoded;
    }
}
