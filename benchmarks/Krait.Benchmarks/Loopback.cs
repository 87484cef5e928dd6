using System.IO.Pipelines;

namespace Krait.Benchmarks;

/// <summary>A network without a kernel: what is put in is read by whoever waits, on the same thread, and what is written is counted.</summary>
internal sealed class Loopback : Stream
{
    private readonly Pipe _pipe = new(new(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Stream _reading;
    private long _written;

    public Loopback() => _reading = _pipe.Reader.AsStream();

    /// <summary>The end that the server reads.</summary>
    public PipeReader Input => _pipe.Reader;

    /// <summary>How many bytes were written.</summary>
    public long Written => Volatile.Read(ref _written);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Puts bytes in; what they lead to has happened when it returns.</summary>
    public void Put(ReadOnlyMemory<byte> bytes)
    {
#pragma warning disable CA2012 // The pipe has no limit, and so never waits.
        var writing = _pipe.Writer.WriteAsync(bytes);
#pragma warning restore CA2012
        if (!writing.IsCompletedSuccessfully)
            throw new InvalidOperationException("The pipe is full.");
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Volatile.Write(ref _written, _written + buffer.Length);
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
