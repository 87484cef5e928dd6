using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Rooms;

/// <summary>A message on its way through a room: members hold references to it until they send it. Immutable but for its encodings; thread-safe.</summary>
/// <param name="message">The message, which encodes itself once for each codec.</param>
/// <param name="policy">What happens to it when a member reads too slowly.</param>
/// <param name="mayCompress">Whether it may be compressed, where a connection compresses at all.</param>
internal sealed class RoomMessage(IEncodedMessage message, MessagePolicy policy, bool mayCompress)
{
    private EncodedBytes? _first; // by the codec that was asked for first: most rooms have one

    public SlowReaderPolicy Policy => policy.Policy;

    public ConflationKey Key => policy.Key;

    /// <summary>Encodes the message; not under a lock.</summary>
    /// <exception cref="Exception">What the encoder throws.</exception>
    public void EncodeFor(RoomCodec codec)
    {
        var encoded = message.For(codec.Encoder, codec.Protocol);
        _first ??= encoded;
    }

    /// <summary>The message by a codec for which it was encoded before.</summary>
    public OutputSegment For(RoomCodec codec)
    {
        var first = _first!;
        return new(first.Encoder == codec.Encoder ? first : message.For(codec.Encoder, codec.Protocol), mayCompress, isFanOut: true);
    }
}

/// <summary>How a member's messages are encoded.</summary>
/// <param name="Encoder">What encodes them.</param>
/// <param name="Protocol">The subprotocol of the connection, for messages that were encoded elsewhere.</param>
internal sealed record RoomCodec(object Encoder, string? Protocol);
