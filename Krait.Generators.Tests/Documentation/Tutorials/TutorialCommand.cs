namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>A command in a <c>console</c> block.</summary>
/// <param name="Line">What the reader types.</param>
/// <param name="Output">The lines that it prints, without those that the page leaves out.</param>
internal sealed record TutorialCommand(string Line, IReadOnlyList<string> Output)
{
    private const string Prompt = "$ ";

    /// <summary>Finds the commands of a block.</summary>
    public static IEnumerable<TutorialCommand> Find(IReadOnlyList<string> block) =>
        block.Index().Where(line => line.Item.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => new TutorialCommand(
            line.Item[Prompt.Length..],
            [.. block.Skip(line.Index + 1).TakeWhile(output => output.Length > 0 && !output.StartsWith(Prompt, StringComparison.Ordinal))]));
}
