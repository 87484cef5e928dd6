using System.Buffers;

namespace Krait.Transport;

/// <summary>Finds the client's close frame after a violation, among bytes that are discarded.</summary>
/// <remarks>
/// It skips payloads by their declared length. After broken framing, the start of the next frame is unknown, so nothing
/// is found.
/// </remarks>
/// <param name="unread">How many bytes of the current frame's payload have not arrived yet.</param>
/// <param name="mayCompress">Whether permessage-deflate was negotiated.</param>
/// <param name="isInMessage">Whether the client is in the middle of a message, of which the next frame is a part.</param>
internal sealed class CloseSearch(long unread, bool mayCompress, bool isInMessage = false)
{
    private readonly byte[] _header = new byte[FrameHeader.LargestSize];
    private int _headerLength;
    private bool _isLost;
    private FrameHeader _frame;
    private bool _isInMessage = isInMessage;
    private long _unread = unread;

    /// <summary>Whether the rest of the message has not arrived yet. False if that is unknown.</summary>
    public bool IsInMessage => _isInMessage && !IsFound && !_isLost;

    /// <summary>Whether the complete close frame has arrived.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Call this if the close frame itself was the violation.</summary>
    public void Found() => IsFound = true;

    /// <summary>Looks through the next bytes.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        while (!_isLost && !IsFound)
        {
            var skipped = (int)Math.Min(_unread, bytes.Length);
            bytes = bytes[skipped..];
            _unread -= skipped;
            if (_unread > 0)
                return;

            IsFound = _frame.Opcode == FrameOpcode.Close;
            _isInMessage &= !(_frame is { IsFinal: true, IsControl: false });
            if (bytes.IsEmpty)
                return;

            ReadHeaderByte(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void ReadHeaderByte(byte next)
    {
        _header[_headerLength++] = next;
        switch (FrameParser.Parse(_header.AsSpan(0, _headerLength), out var frame, out _, mayCompress))
        {
            case OperationStatus.InvalidData:
                _isLost = true;
                break;
            case OperationStatus.Done:
                _headerLength = 0;
                _frame = frame;
                _unread = frame.PayloadLength;
                break;
        }
    }
}
