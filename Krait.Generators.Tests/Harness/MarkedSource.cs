using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.Tests.Harness;

/// <summary>A source in which <c>[|</c> and <c>|]</c> stand around what is wrong.</summary>
/// <param name="Text">The source without the marks.</param>
/// <param name="Spans">What was marked, in order.</param>
internal sealed record MarkedSource(string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Takes the marks out of a source.</summary>
    public static MarkedSource Parse(string marked)
    {
        var pieces = marked.Split("[|");
        var text = pieces[0];
        var spans = new List<TextSpan>();
        foreach (var piece in pieces[1..])
        {
            var length = piece.IndexOf("|]", StringComparison.Ordinal);
            Assert.True(length >= 0, "A [| has no |].");
            spans.Add(new TextSpan(text.Length, length));
            text += piece.Remove(length, 2);
        }

        return new(text, spans);
    }
}
