using Krait.CompilerServices;
using Krait.Messaging;

namespace Krait.Rooms;

/// <summary>The encoding of the messages of rooms where there is no connection: for the history and for other servers.</summary>
/// <remarks>Of the first controller that is mapped and sends this type. Immutable.</remarks>
/// <param name="Encoder">Encodes a message.</param>
/// <param name="Protocol">The subprotocol of the encoder; null if it has none.</param>
/// <param name="Rules">The rules for types of messages.</param>
internal sealed record RoomContract<TSend>(IMessageEncoder<TSend> Encoder, string? Protocol, SendRules<TSend> Rules)
{
    /// <summary>Decodes what <see cref="Encoder"/> encoded; null if the application has no such decoder.</summary>
    public IMessageDecoder<TSend>? Decoder { get; init; }

    /// <summary>Returns a message with its position; null if no message has a property for it.</summary>
    public Func<TSend, string, TSend>? WithPosition { get; init; }

    /// <summary>The codec of a member that encodes like this.</summary>
    public RoomCodec Codec { get; } = new(Encoder, Protocol, Rules);

    /// <summary>A number that servers with the same encoder share.</summary>
    public ulong CodecId { get; } = StableHash.Of(Encoder.GetType().ToString());

    /// <summary>Whether a message must be decoded before a room can send it: its type decides.</summary>
    public bool NeedsMessage => Rules.WhenSlow is not null || Rules.IsUncompressed is not null || WithPosition is not null;

    public MessagePolicy PolicyOf(TSend message) => Rules.PolicyOf(message);
}
