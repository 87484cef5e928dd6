using System.Buffers.Binary;

namespace Krait.Transport;

/// <summary>
/// A stream in memory instead of a network, for a <see cref="System.Net.WebSockets.WebSocket"/> that is used as a codec. It
/// has one frame to read, and every call completes at once.
/// </summary>
internal sealed class CodecStream : Stream
{
    // FIN, compressed, binary; masked, with a length of eight bytes, by zeros.
    private readonly byte[] _header = [0xC2, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private ReadOnlyMemory<byte> _unreadHeader;
    private ReadOnlyMemory<byte> _unread;

    /// <summary>The destination of writes.</summary>
    public Action<ReadOnlyMemory<byte>> Written { private get; init; } = static _ =>
        throw new InvalidOperationException("Nothing should be written.");

    /// <summary>Whether the whole frame was read.</summary>
    public bool IsExhausted => _unread.IsEmpty && _unreadHeader.IsEmpty;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Sets the frame to read: a compressed binary message whose mask changes nothing.</summary>
    public void Put(ReadOnlyMemory<byte> compressed)
    {
        BinaryPrimitives.WriteInt64BigEndian(_header.AsSpan(2), compressed.Length);
        _unreadHeader = _header;
        _unread = compressed;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ref var source = ref _unreadHeader.IsEmpty ? ref _unread : ref _unreadHeader;
        var count = Math.Min(buffer.Length, source.Length);
        source[..count].CopyTo(buffer);
        source = source[count..];
        return new(count);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Written(buffer);
        return default;
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
