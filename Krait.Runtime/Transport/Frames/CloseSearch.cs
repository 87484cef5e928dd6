using System.Buffers;

namespace Krait.Transport;

/// <summary>Finds the client's close frame behind a violation, among bytes that nobody wants to hear.</summary>
/// <remarks>
/// Payloads are skipped by their declared length. After broken framing nobody can know where the next frame begins, and nothing
/// is found.
/// </remarks>
/// <param name="unread">How much of the payload is still to come of the frame that was being read.</param>
/// <param name="mayCompress">Whether permessage-deflate was agreed on.</param>
internal sealed class CloseSearch(long unread, bool mayCompress)
{
    private readonly byte[] _header = new byte[FrameHeader.LargestSize];
    private int _headerLength;
    private bool _isLost;
    private bool _isInClose;
    private long _unread = unread;

    /// <summary>Whether the close frame came, to its last byte.</summary>
    public bool IsFound { get; private set; }

    /// <summary>Says that the close frame itself was the violation.</summary>
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

            IsFound = _isInClose;
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
                _unread = frame.PayloadLength;
                _isInClose = frame.Opcode == FrameOpcode.Close;
                break;
        }
    }
}
