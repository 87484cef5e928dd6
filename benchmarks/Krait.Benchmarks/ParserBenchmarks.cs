using System.Buffers;
using BenchmarkDotNet.Attributes;
using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>Frames are taken apart: headers alone, and whole messages as they come out of one read.</summary>
public class ParserBenchmarks
{
    private const int Frames = 64;

    private readonly byte[][] _headers = ClientFrames.Headers(Frames);
    private readonly FrameReader _reader = new(64 * 1024);
    private byte[] _small = [];
    private byte[] _large = [];

    [GlobalSetup]
    public void Prepare()
    {
        _small = ClientFrames.Binary(32, Frames);
        _large = ClientFrames.Binary(4096, Frames);
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public long Headers()
    {
        long lengths = 0;
        foreach (var header in _headers)
        {
            if (FrameParser.Parse(header, out var parsed, out _) != OperationStatus.Done)
                throw new InvalidOperationException("The header is whole and good.");

            lengths += parsed.PayloadLength;
        }

        return lengths;
    }

    /// <summary>With the copy into the reader's buffer, which a socket would make, and unmasking.</summary>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int MessagesOf32() => Read(_small);

    /// <inheritdoc cref="MessagesOf32"/>
    [Benchmark(OperationsPerInvoke = Frames)]
    public int MessagesOf4096() => Read(_large);

    private int Read(ReadOnlySpan<byte> bytes)
    {
        var messages = 0;
        while (!bytes.IsEmpty)
        {
            var room = _reader.GetMemory().Span;
            var count = Math.Min(room.Length, bytes.Length);
            bytes[..count].CopyTo(room);
            bytes = bytes[count..];
            _reader.Received(count);
            while (_reader.Next() == FrameReaderStep.Message)
                messages++;
        }

        return messages == Frames ? messages : throw new InvalidOperationException("A message is missing.");
    }
}
