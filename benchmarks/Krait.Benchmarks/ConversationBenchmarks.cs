using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Krait.Benchmarks;

/// <summary>A JSON command of 60 bytes is decoded and dispatched, and an event is encoded: by Krait, and by hand with the same types.</summary>
public class ConversationBenchmarks
{
    private readonly byte[] _move = """{"$type":"move","id":1234567,"x":1250,"y":-325,"who":"abcd"}"""u8.ToArray();
    private readonly byte[] _plain = """{"id":12345678,"x":1250,"y":-3250,"who":"abcdefghijklmnopq"}"""u8.ToArray();
    private readonly ArrayBufferWriter<byte> _output = new(256);
    private readonly Utf8JsonWriter _writer = new(Stream.Null, new() { SkipValidation = true });
    private readonly Glue<UnionController, Command, Reply> _union = new();
    private readonly Glue<PlainController, Plain, Plain> _single = new();
    private readonly UnionController _unionController = new();
    private readonly PlainController _plainController = new();

    [GlobalSetup]
    public void Check()
    {
        if (_move.Length != 60 || _plain.Length != 60 || UnionByHand() != UnionByKrait() || SingleByHand() != SingleByKrait())
            throw new InvalidOperationException("Both sides do not do the same.");
    }

    [Benchmark]
    public int SingleByHand()
    {
        _output.ResetWrittenCount();
        _plainController.Take(JsonSerializer.Deserialize(_plain.AsSpan(), Json.Default.Plain)!);
        _writer.Reset(_output);
        JsonSerializer.Serialize(_writer, _plainController.Answer!, Json.Default.Plain);
        _writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark]
    public int SingleByKrait()
    {
        _output.ResetWrittenCount();
        _single.Receive(_plainController, _plain);
        _single.Encode(_plainController.Answer!, _output);
        return _output.WrittenCount;
    }

    [Benchmark]
    public int UnionByHand()
    {
        _output.ResetWrittenCount();
        switch (JsonSerializer.Deserialize(_move.AsSpan(), Json.Default.Command))
        {
            case Move move:
                _unionController.Take(move);
                break;
            case Halt halt:
                _unionController.Take(halt);
                break;
        }

        _writer.Reset(_output);
        JsonSerializer.Serialize(_writer, _unionController.Answer!, Json.Default.Reply);
        _writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark]
    public int UnionByKrait()
    {
        _output.ResetWrittenCount();
        _union.Receive(_unionController, _move);
        _union.Encode(_unionController.Answer!, _output);
        return _output.WrittenCount;
    }
}
