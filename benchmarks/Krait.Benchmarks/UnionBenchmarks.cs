using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Krait.Benchmarks;

/// <summary>Messages of a union of 2 types and of one of 32, of the same size, each type in its turn.</summary>
public class UnionBenchmarks
{
    private const int Messages = 32;

    private readonly byte[][] _few = [.. Enumerable.Range(0, Messages).Select(i => Message((i % 2) + 1))];
    private readonly byte[][] _many = [.. Enumerable.Range(0, Messages).Select(i => Message(i + 1))];
    private readonly Glue<FewController, Few, string> _fewGlue = new();
    private readonly Glue<ManyController, Many, string> _manyGlue = new();
    private readonly FewController _fewController = new();
    private readonly ManyController _manyController = new();

    [Benchmark(Baseline = true, OperationsPerInvoke = Messages)]
    public int Of2()
    {
        foreach (var message in _few)
            _fewGlue.Receive(_fewController, message);

        return _fewController.Last;
    }

    [Benchmark(OperationsPerInvoke = Messages)]
    public int Of32()
    {
        foreach (var message in _many)
            _manyGlue.Receive(_manyController, message);

        return _manyController.Last;
    }

    /// <summary>What the serializer alone takes for 2 types.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Of2Deserialized()
    {
        var last = 0;
        foreach (var message in _few)
            last = JsonSerializer.Deserialize(message.AsSpan(), Json.Default.Few)!.Id;

        return last;
    }

    /// <summary>What the serializer alone takes for 32 types.</summary>
    [Benchmark(OperationsPerInvoke = Messages)]
    public int Of32Deserialized()
    {
        var last = 0;
        foreach (var message in _many)
            last = JsonSerializer.Deserialize(message.AsSpan(), Json.Default.Many)!.Id;

        return last;
    }

    private static byte[] Message(int type) => Encoding.UTF8.GetBytes($$"""{"$type":"case{{type:00}}","id":123456,"text":"abcdefghijkl"}""");
}
