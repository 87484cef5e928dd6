using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>A change of one file's text, with <c>\n</c> line ends; the file's own ones come in where it is applied.</summary>
/// <remarks>Text rather than syntax: every comment and blank around it stays as it was.</remarks>
/// <param name="Document">The file.</param>
/// <param name="Span">The text to replace.</param>
/// <param name="Text">The new text.</param>
internal sealed record Edit(DocumentId Document, TextSpan Span, string Text)
{
    /// <summary>Put this before a made-up name: editors then let the user rename it.</summary>
    public const string Name = "\u0001";

    /// <summary>Inserts text at a position.</summary>
    public static Edit Insert(Document document, int position, string text) => new(document.Id, new(position, 0), text);

    /// <summary>Replaces a piece of text.</summary>
    public static Edit Replace(Document document, TextSpan span, string text) => new(document.Id, span, text);

    /// <summary>Applies edits; of equal ones one, of overlapping ones the first.</summary>
    /// <param name="solution">The solution to change.</param>
    /// <param name="edits">The edits, in any order but for those at the same position.</param>
    /// <param name="marksNames">Whether an editor should let the user rename the new name.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<Solution> ApplyAsync(
        Solution solution, IEnumerable<Edit> edits, bool marksNames, CancellationToken cancellationToken)
    {
        foreach (var file in edits.Distinct().GroupBy(edit => edit.Document).ToList())
        {
            var document = solution.GetDocument(file.Key)!;
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            var (changes, name) = Changes(file, text);
            document = document.WithText(text.WithChanges(changes));
            if (marksNames && name >= 0)
                document = await MarkAsync(document, name, cancellationToken).ConfigureAwait(false);

            solution = document.Project.Solution;
        }

        return solution;
    }

    /// <summary>The changes of a file, and the position of the first made-up name after them; -1 if there is none.</summary>
    private static (List<TextChange> Changes, int Name) Changes(IEnumerable<Edit> edits, SourceText text)
    {
        var lineEnd = text.ToString().Contains("\r\n") ? "\r\n" : "\n";
        var changes = new List<TextChange>();
        var (end, shift, name) = (0, 0, -1);
        foreach (var edit in edits.OrderBy(edit => edit.Span.Start))
        {
            if (edit.Span.Start < end)
                continue;

            var inserted = edit.Text.Replace("\n", lineEnd);
            if (name < 0 && inserted.IndexOf(Name, StringComparison.Ordinal) is >= 0 and var mark)
                name = edit.Span.Start + shift + mark;

            inserted = inserted.Replace(Name, "");
            changes.Add(new(edit.Span, inserted));
            (end, shift) = (edit.Span.End, shift + inserted.Length - edit.Span.Length);
        }

        return (changes, name);
    }

    private static async Task<Document> MarkAsync(Document document, int position, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var token = root!.FindToken(position);
        return document.WithSyntaxRoot(root.ReplaceToken(token, token.WithAdditionalAnnotations(RenameAnnotation.Create())));
    }
}
