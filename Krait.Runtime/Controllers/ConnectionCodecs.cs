using Krait.Messaging;

namespace Krait.Controllers;

/// <summary>The codecs for the messages of a connection.</summary>
internal sealed record ConnectionCodecs<TReceive, TSend>(IMessageDecoder<TReceive> Decoder, IMessageEncoder<TSend> Encoder)
{
    /// <summary>Whether decoded messages point into the payload.</summary>
    public bool Borrows { get; } = Decoder is IBorrowingDecoder;
}
