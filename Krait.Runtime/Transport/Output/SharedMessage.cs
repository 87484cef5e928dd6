using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>
/// An encoded message that many connections send: each of them holds a reference until it sends the message. Thread-safe.
/// </summary>
internal class SharedMessage
{
    private byte[]? _frame; // made at the first use if there is only a payload
    private DeflatedFrame? _deflated; // the first of a list, one for each size of window

    /// <summary>Takes a payload, which must not change.</summary>
    /// <param name="type">Text or Binary.</param>
    /// <param name="payload">The payload.</param>
    public SharedMessage(WebSocketMessageType type, ReadOnlyMemory<byte> payload)
    {
        Type = type;
        Payload = payload;
    }

    /// <summary>Takes a whole frame, which must not change.</summary>
    /// <param name="type">Text or Binary.</param>
    /// <param name="frame">The frame, without a mark for compression.</param>
    /// <param name="headerSize">How many bytes of it are its header.</param>
    protected SharedMessage(WebSocketMessageType type, byte[] frame, int headerSize)
        : this(type, frame.AsMemory(headerSize)) => _frame = frame;

    public WebSocketMessageType Type { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>The whole frame, without a mark for compression. It must not be changed.</summary>
    public byte[] Frame => _frame ??= Framed();

    /// <summary>Its header, without a mark for compression.</summary>
    public ServerFrameHeader Header =>
        new(Type == WebSocketMessageType.Text ? FrameOpcode.Text : FrameOpcode.Binary, IsMarked: false, Payload.Length);

    /// <summary>How many bytes <see cref="Frame"/> takes.</summary>
    public virtual int Length => Header.Size;

    /// <summary>
    /// The compressed frame for connections that compress each message on its own; null if there is none yet.
    /// </summary>
    /// <param name="windowBits">The negotiated size of the window.</param>
    public byte[]? FindDeflated(int windowBits)
    {
        var deflated = Volatile.Read(ref _deflated);
        while (deflated is not null && deflated.WindowBits != windowBits)
            deflated = deflated.Next;

        return deflated?.Frame;
    }

    /// <summary>Keeps a compressed frame for other connections. It must not be changed.</summary>
    public void KeepDeflated(int windowBits, byte[] frame)
    {
        var deflated = new DeflatedFrame(windowBits, frame);
        do
            deflated.Next = Volatile.Read(ref _deflated);
        while (Interlocked.CompareExchange(ref _deflated, deflated, deflated.Next) != deflated.Next);
    }

    private byte[] Framed()
    {
        var header = Header;
        var frame = new byte[header.Size];
        header.Write(frame.AsSpan(0, header.HeaderSize));
        Payload.CopyTo(frame.AsMemory(header.HeaderSize));
        return frame;
    }

    private sealed class DeflatedFrame(int windowBits, byte[] frame)
    {
        public int WindowBits => windowBits;

        public byte[] Frame => frame;

        public DeflatedFrame? Next { get; set; }
    }
}
