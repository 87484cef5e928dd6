using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Transport;

namespace Krait.Rooms;

/// <summary>
/// A message on its way through a room: members hold references to it until they send it. After it was offered to a member it
/// never changes, so it is thread-safe.
/// </summary>
/// <param name="message">The message, which encodes itself once for each codec.</param>
/// <param name="policy">The policy if a member reads too slowly.</param>
internal sealed class RoomMessage(IEncodedMessage message, MessagePolicy policy)
{
    private EncodedBytes? _first; // by the codec that was asked for first: most rooms have one
    private bool _mayCompress = true; // not if the rules of one member forbid it, whatever those of the others say

    public SlowReaderPolicy Policy => policy.Policy;

    /// <summary>The message itself.</summary>
    public IEncodedMessage Content => message;

    public ConflationKey Key => policy.Key;

    /// <summary>How many bytes it takes by the codec that was asked for first.</summary>
    public int Length => _first!.Header.Size;

    /// <summary>Encodes the message; not under a lock.</summary>
    /// <exception cref="Exception">The exception of the encoder.</exception>
    public void EncodeFor(RoomCodec codec)
    {
        var encoded = message.For(codec.Encoder, codec.Protocol);
        _first ??= encoded;
        _mayCompress &= codec.Compression?.MayCompress(message) != false;
    }

    /// <summary>The message by a codec for which it was encoded before.</summary>
    public OutputSegment For(RoomCodec codec)
    {
        var first = _first!;
        var encoded = first.Encoder == codec.Encoder ? first : message.For(codec.Encoder, codec.Protocol);
        return new(encoded, _mayCompress, isFanOut: true);
    }
}

/// <summary>How a member's messages are encoded.</summary>
/// <param name="encoder">The encoder.</param>
/// <param name="protocol">The subprotocol of the connection, for messages that were encoded elsewhere.</param>
/// <param name="compression">Says which of them may be compressed; null if all may.</param>
internal sealed class RoomCodec(object encoder, string? protocol, ICompressionRule? compression)
{
    public object Encoder => encoder;

    public string? Protocol => protocol;

    public ICompressionRule? Compression => compression;

    /// <summary>Whether a message that is encoded for one is also encoded for the other.</summary>
    /// <remarks>By reference: <c>Equals</c> of an encoder is user code, and this is called under locks.</remarks>
    public bool IsLike(RoomCodec other) =>
        encoder == other.Encoder && protocol == other.Protocol && compression == other.Compression;
}
