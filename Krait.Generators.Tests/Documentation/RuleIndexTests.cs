using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Documentation;

/// <summary>What lists the rules is written by the rules.</summary>
public sealed class RuleIndexTests
{
    private static readonly string Releases = Path.Combine(TestProject.Repository, "Krait.Generators");

    private static IEnumerable<DiagnosticDescriptor> Sorted => Rules.All.OrderBy(rule => rule.Id, StringComparer.Ordinal);

    [Fact]
    public void The_index_of_the_pages_lists_every_rule() => Snapshot.VerifyFile(Index(), Path.Combine(RulePage.Directory, "README.md"));

    [Fact]
    public void The_release_file_lists_every_rule_that_is_not_shipped() => Snapshot.VerifyFile(Unshipped(), Path.Combine(Releases, "AnalyzerReleases.Unshipped.md"));

    [Fact]
    public void A_rule_stands_in_one_list() => Assert.Equal(Rules.All.Length, Rules.All.Select(rule => rule.Id).Distinct().Count());

    private static string Index()
    {
        var fixable = CodeFixTest.All.SelectMany(fix => fix.FixableDiagnosticIds).ToHashSet();
        var rows = Sorted.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} | {(fixable.Contains(rule.Id) ? "yes" : "")} |");
        return $"""
            # Diagnostics

            What Krait says about your code while you type, and in a build. A class for which an error is reported is not served: nobody can lower the severity of such a rule, since the endpoint would be missing without a word. Two errors can be
            silenced: KRAIT021, because route groups may tell the two classes apart, and KRAIT026, because the application says the same when it starts. They, warnings and suggestions are set in `.editorconfig` as usual: `dotnet_diagnostic.KRAIT023.severity = none`.

            Where there is a fix, the light bulb offers it for one place, a file, a project or the solution, and so does `dotnet format analyzers --diagnostics KRAIT001 --severity info`.

            | id | rule | severity | fix |
            | --- | --- | --- | --- |
            {string.Join('\n', rows)}

            """.ReplaceLineEndings("\n");
    }

    private static string Unshipped()
    {
        var shipped = File.ReadAllText(Path.Combine(Releases, "AnalyzerReleases.Shipped.md"));
        var rows = Sorted.Where(rule => !shipped.Contains(rule.Id, StringComparison.Ordinal))
            .Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity} | {rule.Title}");
        return $"""
            ### New Rules

            Rule ID | Category | Severity | Notes
            --------|----------|----------|-------
            {string.Join('\n', rows)}

            """.ReplaceLineEndings("\n");
    }
}
