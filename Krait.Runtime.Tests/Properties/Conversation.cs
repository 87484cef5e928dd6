using System.Text;
using CsCheck;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Properties;

/// <summary>The messages of a client that keeps to the protocol: as frames, and as the results that a reader must return for them.</summary>
internal sealed record Conversation(IReadOnlyList<Message> Messages, Conversation.Farewell? End)
{
    private static readonly Gen<byte[]> Control = Gen.Byte.Array[0, 125];

    private static readonly Gen<Fragment> Fragments = Gen.Select(
        Gen.OneOf("", "a", "\0", "\u00E9", "\u20AC", "\U0001F40D", "\u03BA\u1F79\u03C3\u03BC\u03B5").Array[0, 12],
        Gen.Int[0, 40],
        Gen.Byte.Array[4],
        Gen.Select(Gen.Bool, Control).Array[0, 2],
        static (words, cut, key, controls) => new Fragment(Encoding.UTF8.GetBytes(string.Concat(words)), cut, key, controls));

    private static readonly Gen<Message> AnyMessage = Gen.Select(Gen.Bool, Fragments.Array[1, 4], static (isText, fragments) => new Message(isText, fragments));

    private static readonly Gen<Farewell?> AnyFarewell = Gen.OneOf(
        Gen.Const((Farewell?)null),
        Gen.Select(Gen.OneOf(1000, 1001, 1003, 1011, 1014, 3000, 4999), Gen.OneOf("", "bye", "\u20AC"), static (status, reason) => (Farewell?)new Farewell(status, reason)));

    /// <summary>Any conversation whose messages are small.</summary>
    public static Gen<Conversation> Any { get; } = Gen.Select(AnyMessage.Array[0, 8], AnyFarewell, static (messages, end) => new Conversation(messages, end));

    public byte[] Bytes => [.. Messages.SelectMany(static message => message.Frames()), .. End is null ? [] : ClientFrame.Close(End.Status, End.Reason)];

    /// <summary>In the words of <see cref="FrameReaderProbe"/>.</summary>
    public IEnumerable<string> Told => [.. Messages.SelectMany(static message => message.Told()), .. End is null ? Array.Empty<string>() : [$"Close {End.Status} {End.Reason}"]];

    internal sealed record Farewell(int Status, string Reason);
}

/// <summary>A message in fragments; the bytes of each are cut off where the next one begins.</summary>
internal sealed record Message(bool IsText, IReadOnlyList<Fragment> Fragments)
{
    public byte[] Payload => [.. Fragments.SelectMany(static fragment => fragment.Bytes)];

    public IEnumerable<byte> Frames()
    {
        // Cut anywhere, also inside a character.
        var payload = Payload;
        var start = 0;
        for (var i = 0; i < Fragments.Count; i++)
        {
            var (_, cut, key, controls) = Fragments[i];
            var isLast = i == Fragments.Count - 1;
            var end = isLast ? payload.Length : Math.Min(payload.Length, start + cut);
            foreach (var (isPing, bytes) in i == 0 ? [] : controls)
            {
                foreach (var one in ClientFrame.Of(isPing ? FrameOpcode.Ping : FrameOpcode.Pong, bytes, isFinal: true, key))
                    yield return one;
            }

            foreach (var one in ClientFrame.Of(i > 0 ? FrameOpcode.Continuation : IsText ? FrameOpcode.Text : FrameOpcode.Binary, payload[start..end], isLast, key))
                yield return one;

            start = end;
        }
    }

    public IEnumerable<string> Told() =>
    [
        .. Fragments.Skip(1).SelectMany(static fragment => fragment.Controls).Where(static control => control.IsPing).Select(static control => $"Ping {Convert.ToHexString(control.Payload)}"),
        $"{(IsText ? "Text" : "Binary")} {Convert.ToHexString(Payload)}",
    ];
}

/// <summary>A part of a message: bytes of it, where it is cut, its masking key, and the control frames before it.</summary>
internal sealed record Fragment(byte[] Bytes, int Cut, byte[] Key, IReadOnlyList<(bool IsPing, byte[] Payload)> Controls);
