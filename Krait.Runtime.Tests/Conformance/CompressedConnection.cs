using System.Buffers.Binary;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>A connection whose server compresses: each message is told as the frame that it would have been without, and every message must be compressed.</summary>
/// <param name="inner">What carries the frames.</param>
/// <param name="keepsContext">Whether a message may refer to those before it.</param>
internal sealed class CompressedConnection(IRawConnection inner, bool keepsContext) : IRawConnection
{
    private const byte Compressed = 0x40;
    private const byte FirstControl = 8;

    private readonly DeflatedHistory _history = new(keepsContext);
    private ReadOnlyMemory<byte> _unread;

    public Task SendAsync(byte[] bytes) => inner.SendAsync(bytes);

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        if (_unread.IsEmpty)
            _unread = await ReadFrameAsync();

        var count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public Task FinishAsync() => inner.FinishAsync();

    public void Reset() => inner.Reset();

    public void Dispose() => inner.Dispose();

    /// <summary>Reads a frame; empty at the end.</summary>
    private async Task<byte[]> ReadFrameAsync()
    {
        var start = await inner.ReadUpToAsync(2);
        if (start.Length < 2)
            return start;

        var size = start[1] switch { 126 => 2, 127 => 8, _ => 0 };
        byte[] header = [.. start, .. await inner.ReadUpToAsync(size)];
        var length = size switch { 2 => BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)), 8 => BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(2)), _ => start[1] };
        var payload = await inner.ReadUpToAsync((int)length);
        var opcode = (byte)(start[0] & 0x0F);
        if (opcode >= FirstControl)
            return [.. header, .. payload];

        Assert.Equal(Compressed, start[0] & 0x70);
        Assert.Equal(ServerBytes.HeaderSize(payload.Length), header.Length);
        return ServerBytes.Of(opcode, _history.Inflate(payload));
    }
}
