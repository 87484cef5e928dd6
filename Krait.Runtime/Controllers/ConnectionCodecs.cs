using Krait.Messaging;

namespace Krait.Controllers;

/// <summary>The codecs for the messages of a connection.</summary>
internal sealed record ConnectionCodecs<TReceive, TSend>(IMessageDecoder<TReceive> Decoder, IMessageEncoder<TSend> Encoder)
{
    /// <summary>The subprotocol that they serve; null if it is none, or any that the controller does not declare.</summary>
    public string? Protocol { get; init; }

    /// <summary>Decodes the messages that <see cref="Encoder"/> encodes; null if the codec only encodes.</summary>
    public IMessageDecoder<TSend>? SentDecoder => Encoder as IMessageDecoder<TSend>;

    /// <summary>Whether decoded messages point into the payload.</summary>
    public bool Borrows { get; } = Decoder is IBorrowingDecoder;

    /// <summary>Returns the type of a message; null if it is not known, or the message cannot be decoded.</summary>
    /// <remarks>The codec of a user does not know it before it has decoded the message.</remarks>
    public Type? TypeOf(in ReceivedMessage message)
    {
        try
        {
            return Decoder is IDiscriminatingDecoder known ? known.TypeOf(message) : Decoder.Decode(message)?.GetType();
        }
        catch (Exception)
        {
            return null; // the handler's call decodes the message again, and reports why it cannot be read
        }
    }
}
