namespace Krait.Transport;

/// <summary>The type of a frame (RFC 6455, section 11.8).</summary>
internal enum FrameOpcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

/// <summary>The header of a frame from a client (RFC 6455, section 5.2).</summary>
internal readonly struct FrameHeader
{
    /// <summary>The longest header that a client sends: two bytes, a length of eight, a mask of four.</summary>
    public const int LargestSize = 14;

    /// <summary>The longest payload of a control frame.</summary>
    public const int LargestControlPayload = 125;

    public required FrameOpcode Opcode { get; init; }

    /// <summary>Whether the frame ends its message.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Whether the frame begins a compressed message (RFC 7692, section 6).</summary>
    public required bool IsCompressed { get; init; }

    public required long PayloadLength { get; init; }

    /// <summary>The masking key, its bytes in memory as they were on the wire.</summary>
    public required uint Mask { get; init; }

    /// <summary>How many bytes the header itself takes.</summary>
    public required int Size { get; init; }

    public bool IsControl => Opcode >= FrameOpcode.Close;
}
