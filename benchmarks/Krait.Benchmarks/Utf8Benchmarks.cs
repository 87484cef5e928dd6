using System.Buffers;
using System.Text;
using System.Text.Unicode;
using BenchmarkDotNet.Attributes;
using Krait.Transport;

namespace Krait.Benchmarks;

/// <summary>Text is validated: character by character, whole by .NET, and in parts that may split characters.</summary>
public class Utf8Benchmarks
{
    private byte[] _text = [];
    private Utf8Validator _validator;

    [Params(32, 4096)]
    public int Size { get; set; }

    [Params("ASCII", "Greek")]
    public string Script { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        _text = Encoding.UTF8.GetBytes(new string(Script == "ASCII" ? 'a' : '\u03BA', Script == "ASCII" ? Size : Size / 2));
        if (!CharacterByCharacter() || !Whole() || !InOnePart() || !InPartsOf125())
            throw new InvalidOperationException("The text is good.");
    }

    [Benchmark(Baseline = true)]
    public bool CharacterByCharacter()
    {
        ReadOnlySpan<byte> rest = _text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out _, out var count) != OperationStatus.Done)
                return false;

            rest = rest[count..];
        }

        return true;
    }

    [Benchmark]
    public bool Whole() => Utf8.IsValid(_text);

    [Benchmark]
    public bool InOnePart()
    {
        _validator.Reset();
        return _validator.Append(_text) && _validator.IsComplete;
    }

    [Benchmark]
    public bool InPartsOf125()
    {
        _validator.Reset();
        for (var start = 0; start < _text.Length; start += 125)
        {
            if (!_validator.Append(_text.AsSpan(start, Math.Min(125, _text.Length - start))))
                return false;
        }

        return _validator.IsComplete;
    }
}
