using System.IO.Pipelines;

namespace Krait.Benchmarks;

/// <summary>
/// The server's end of a connection without a kernel: takes bytes as a pipe does, and counts them for all connections
/// together; or takes the first ones, and no more.
/// </summary>
internal sealed class FakePipe(FakePipe.Total total, bool stalls = false) : PipeWriter
{
    private static readonly Task<FlushResult> Never = new TaskCompletionSource<FlushResult>().Task;

    private byte[] _buffer = new byte[512];

    public override void Advance(int bytes) => total.Add(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        if (_buffer.Length < sizeHint)
            _buffer = new byte[sizeHint];

        return _buffer;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        stalls ? new(Never) : default;

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
    }

    /// <summary>What many pipes have taken.</summary>
    internal sealed class Total
    {
        private long _bytes;

        public long Bytes => Volatile.Read(ref _bytes);

        public void Add(int bytes) => Interlocked.Add(ref _bytes, bytes);

        /// <summary>Waits until so many bytes have come; other threads are bringing them.</summary>
        public void Await(long bytes)
        {
            for (var patience = default(SpinWait); Bytes != bytes;)
            {
                patience.SpinOnce(sleep1Threshold: -1);
                if (patience.Count > 100_000_000)
                    throw new InvalidOperationException($"{Bytes} bytes came, not {bytes}.");
            }
        }
    }
}
