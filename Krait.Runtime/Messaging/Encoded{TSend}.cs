using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using Krait.Messaging;

namespace Krait;

/// <summary>A message that Krait encodes once, even if you send it on many connections. Immutable and thread-safe.</summary>
/// <typeparam name="TSend">The type of messages that the connections send.</typeparam>
public sealed class Encoded<TSend> : IEncodedMessage
{
    private readonly TSend? _message;
    private readonly ForeignBytes? _foreign;
    private EncodedBytes? _encodings; // the first of a list, one for each encoder

    internal Encoded(TSend message) => _message = message;

    private Encoded(ForeignBytes foreign) => _foreign = foreign;

    /// <summary>Wraps bytes that were encoded elsewhere, such as on another server.</summary>
    /// <param name="protocol">The subprotocol of the bytes; null if the connections have none.</param>
    /// <param name="type">Text or Binary.</param>
    /// <param name="bytes">
    /// The payload; UTF-8 if <paramref name="type"/> is Text. Krait does not copy an array, so do not change it afterwards.
    /// </param>
    /// <remarks>Sending them on a connection with another subprotocol throws <see cref="InvalidOperationException"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="type"/> is neither Text nor Binary.</exception>
    [SuppressMessage("Design", "CA1000", Justification = "The compiler cannot infer the type of messages from bytes.")]
    public static Encoded<TSend> FromBytes(string? protocol, WebSocketMessageType type, ReadOnlyMemory<byte> bytes)
    {
        if (type is not (WebSocketMessageType.Text or WebSocketMessageType.Binary))
            throw new ArgumentOutOfRangeException(nameof(type), type, "A message is Text or Binary.");

        return new(new ForeignBytes(protocol, new(type, Own(bytes))));
    }

    // Connections keep a reference until the bytes are sent. Memory that is not an array belongs to a pool or to native code,
    // which may reuse it before, so it is copied.
    private static ReadOnlyMemory<byte> Own(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out _) ? bytes : bytes.ToArray();

    /// <summary>The message, for senders that are not Krait's.</summary>
    /// <exception cref="InvalidOperationException">There are only bytes.</exception>
    internal TSend Message => _foreign is null
        ? _message!
        : throw new InvalidOperationException(
            "Only a connection of Krait can send bytes that were encoded elsewhere; this sender needs a message.");

    /// <summary>Whether there are only bytes.</summary>
    internal bool IsBytes => _foreign is not null;

    object? IEncodedMessage.Content => _foreign is null ? _message : null;

    EncodedBytes IEncodedMessage.For(object encoder, string? protocol)
    {
        if (_foreign is not null)
            return _foreign.For(protocol);

        return Find(Volatile.Read(ref _encodings), encoder) ?? Encode(encoder);
    }

    // All threads use the bytes of the first one. No lock is held while an encoder runs.
    private EncodedBytes Encode(object encoder)
    {
        var encoding = EncodedBytes.Of((IMessageEncoder<TSend>)encoder, _message!);
        while (true)
        {
            var first = Volatile.Read(ref _encodings);
            if (Find(first, encoder) is { } other)
                return other;

            encoding.Next = first;
            if (Interlocked.CompareExchange(ref _encodings, encoding, first) == first)
                return encoding;
        }
    }

    private static EncodedBytes? Find(EncodedBytes? encoding, object encoder)
    {
        while (encoding is not null && encoding.Encoder != encoder)
            encoding = encoding.Next;

        return encoding;
    }

    private sealed record ForeignBytes(string? Protocol, EncodedBytes Bytes)
    {
        public EncodedBytes For(string? protocol) => protocol == Protocol
            ? Bytes
            : throw new InvalidOperationException(
                $"The bytes were encoded for {Name(Protocol)}, but the connection has {Name(protocol)}; "
                + "make an Encoded for each subprotocol, or of the message itself.");

        private static string Name(string? protocol) => protocol is null ? "no subprotocol" : $"the subprotocol '{protocol}'";
    }
}
