using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The page of a rule: docs/diagnostics/KRAITnnn.md.</summary>
/// <param name="Id">The rule's id.</param>
/// <param name="Lines">The page's lines.</param>
internal sealed record RulePage(string Id, IReadOnlyList<string> Lines)
{
    /// <summary>The headings that every page has, in this order, next to its title.</summary>
    public static readonly IReadOnlyList<string> Headings = ["## Why", "## What to do", "## What is not flagged"];

    /// <summary>The pages' directory.</summary>
    public static string Directory { get; } = Path.Combine(TestProject.Repository, "docs", "diagnostics");

    /// <summary>The blocks of C# on the page.</summary>
    public IReadOnlyList<Snippet> Snippets { get; } = Snippet.Find($"docs/diagnostics/{Id}.md", Lines);

    /// <summary>The block that raises the rule.</summary>
    public Snippet Bad => Snippets.Single(snippet => snippet.Is("raises"));

    /// <summary>The block that shows how it is right.</summary>
    public Snippet Good => Snippets.First(snippet => Snippets.ToList().IndexOf(snippet) > Snippets.ToList().IndexOf(Bad) && !snippet.Is("continued"));

    /// <summary>The ids of all rules.</summary>
    public static IEnumerable<string> Ids => Rules.All.Select(rule => rule.Id);

    /// <summary>Reads the page of a rule.</summary>
    public static RulePage Read(string id) => new(id, File.ReadAllLines(Path.Combine(Directory, id + ".md")));
}
