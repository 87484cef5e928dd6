using System.Text;

namespace Krait.Generators.Emission;

/// <summary>Writes indented source with <c>\n</c> line ends.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public override string ToString() => _text.ToString();

    /// <summary>Writes one line, or an empty one.</summary>
    public SourceWriter Line(string text = "")
    {
        if (text.Length > 0)
            _text.Append(' ', _depth * 4).Append(text);

        _text.Append('\n');
        return this;
    }

    /// <summary>Writes several lines, each at the current depth.</summary>
    public SourceWriter Lines(string text)
    {
        foreach (var line in text.Split('\n'))
            Line(line.TrimEnd('\r'));

        return this;
    }

    /// <summary>Writes a header and what stands in its braces until it is disposed.</summary>
    public Scope Block(string header, string end = "}")
    {
        Line(header).Line("{");
        _depth++;
        return new(this, end);
    }

    /// <summary>Writes what follows one step further in.</summary>
    public Scope Indent()
    {
        _depth++;
        return new(this, null);
    }

    internal readonly struct Scope(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            if (end is not null)
                writer.Line(end);
        }
    }
}
