using BenchmarkDotNet.Attributes;
using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>A payload is unmasked: byte by byte, as section 5.3 of RFC 6455 says it, and by vectors.</summary>
public class MaskBenchmarks
{
    private const uint Mask = 0x3D21FA37;

    private readonly byte[] _key = BitConverter.GetBytes(Mask);
    private byte[] _payload = [];

    [Params(8, 32, 125, 4096, 65_536)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _payload = new byte[Size];
        ByteByByte();
        ByVectors();
        if (_payload.AsSpan().ContainsAnyExcept((byte)0))
            throw new InvalidOperationException("Both do not do the same.");
    }

    [Benchmark(Baseline = true)]
    public void ByteByByte()
    {
        var (payload, key) = (_payload, _key);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= key[i & 3];
    }

    [Benchmark]
    public void ByVectors() => FrameMask.Apply(_payload, Mask);

    /// <summary>As the later parts of a frame are, which begin anywhere in the key.</summary>
    [Benchmark]
    public void ByVectorsFromTheThirdByte() => FrameMask.Apply(_payload, Mask, offset: 2);
}
