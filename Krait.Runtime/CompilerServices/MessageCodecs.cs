using System.ComponentModel;
using System.Text.Json.Serialization;
using Krait.Messaging;

namespace Krait.CompilerServices;

/// <summary>The codecs of the message types that Krait knows by itself.</summary>
/// <remarks>
/// A controller in Event delivery borrows the payload of a binary message until its handler returns; in Queue delivery the
/// payload is copied.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MessageCodecs
{
    /// <summary>Text frames.</summary>
    public static IMessageCodec<string> Text => TextCodec.Instance;

    /// <summary>Binary frames; each message gets its own array.</summary>
    public static IMessageCodec<byte[]> Bytes => BytesCodec.Instance;

    /// <summary>Binary frames.</summary>
    /// <param name="borrow">Whether Krait passes the payload without a copy.</param>
    public static IMessageCodec<ReadOnlyMemory<byte>> Binary(bool borrow) => borrow ? BinaryCodec.Borrowing : BinaryCodec.Copying;

    /// <summary>Text and binary frames with their type kept.</summary>
    /// <param name="borrow">Whether Krait passes the payload without a copy.</param>
    public static IMessageCodec<RawMessage> Raw(bool borrow) => borrow ? RawCodec.Borrowing : RawCodec.Copying;

    /// <summary>JSON in text frames, with the metadata of the user's context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="limits">
    /// The size limits of message types: of <typeparamref name="T"/>, or of its cases if it is a union.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="context"/> has no metadata of <typeparamref name="T"/>.
    /// </exception>
    public static IMessageCodec<T> Json<T>(JsonSerializerContext context, params ReadOnlySpan<MessageLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new JsonCodec<T>(context, limits);
    }

    /// <summary>Applies the size limits of message types to a codec.</summary>
    public static IMessageDecoder<T> Limited<T>(IMessageDecoder<T> decoder, params ReadOnlySpan<MessageLimit> limits)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        return new LimitedDecoder<T>(decoder, limits);
    }
}
