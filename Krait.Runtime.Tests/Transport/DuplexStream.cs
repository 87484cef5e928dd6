namespace Krait.Runtime.Tests.Transport;

/// <summary>One stream of two, which also tells how it is read.</summary>
internal sealed class DuplexStream(Stream input, Stream output) : Stream
{
    private int _emptyReads;

    /// <summary>How many reads asked for nothing but to be told of data.</summary>
    public int EmptyReads => Volatile.Read(ref _emptyReads);

    /// <summary>Whether such reads complete without waiting, as those of some streams do.</summary>
    public bool EndsEmptyReadsAtOnce { get; set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            Interlocked.Increment(ref _emptyReads);

        return buffer.IsEmpty && EndsEmptyReadsAtOnce ? new(0) : input.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>What was written last.</summary>
    public ReadOnlyMemory<byte> LastWritten { get; private set; }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        LastWritten = buffer;
        return output.WriteAsync(buffer, cancellationToken);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
