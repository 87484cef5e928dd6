using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Messaging;

/// <summary>
/// An encoded message that is not in line yet. Dispose it to give the memory back, unless the queue has taken it.
/// </summary>
/// <remarks>If the encoder throws, there is nothing to dispose: the thread makes a new writer.</remarks>
internal readonly ref struct OutgoingFrame
{
    private readonly FrameWriter? _writer;
    private readonly OutputSegment _segment;

    /// <summary>A message that connections share.</summary>
    public OutgoingFrame(SharedMessage message, bool mayCompress) => _segment = new(message, mayCompress);

    private OutgoingFrame(FrameWriter writer, OutputSegment segment)
    {
        _writer = writer;
        _segment = segment;
    }

    /// <summary>How many bytes it takes, header included.</summary>
    public int Length => _segment.Length;

    /// <summary>The message for the log: whether it is text, and its payload. Not after the queue has taken it.</summary>
    public (bool IsText, ReadOnlyMemory<byte> Payload) Content
    {
        get
        {
            if (_segment.Shared is { } shared)
                return (shared.Type == WebSocketMessageType.Text, shared.Payload);

            var header = ServerFrameHeader.Read(_segment.Unsent.Span);
            return (header.Opcode == FrameOpcode.Text, _segment.Unsent[header.HeaderSize..header.Size]);
        }
    }

    /// <summary>Encodes a message. Exceptions of the encoder are not caught.</summary>
    public static OutgoingFrame Encode<T>(IMessageEncoder<T> encoder, T message, bool isMarked)
    {
        var writer = FrameWriter.Rent();
        return new(writer, writer.Complete(encoder.Encode(message, writer), isMarked));
    }

    /// <summary>Copies the frame, which was encoded here.</summary>
    public byte[] ToArray() => _segment.Unsent.ToArray();

    /// <summary>Puts the frame in line. The output's lock must be held.</summary>
    public void AppendTo(MessageTransport transport)
    {
        if (transport.Append(_segment))
            _writer?.GiveAway();
    }

    /// <summary>Copies the frame into its own memory, to keep it for later.</summary>
    public OutputSegment Keep()
    {
        if (_writer is null)
            return _segment;

        if (_segment.Length < _segment.Capacity / 2)
            return OutputSegment.CopyOf(_segment, _segment.Length);

        _writer.GiveAway();
        return _segment;
    }

    public void Dispose() => _writer?.Return();
}
