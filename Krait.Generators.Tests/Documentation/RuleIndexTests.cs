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

            Krait checks your code while you type and in every build. If it reports an error for a class, it does not serve the class. You cannot lower the severity of such a rule, because the endpoint would then be missing without a message. You can silence
            two errors: KRAIT021, because both classes may work in different route groups, and KRAIT026, because the application reports it when it starts. Configure these, warnings and suggestions in `.editorconfig` as usual: `dotnet_diagnostic.KRAIT023.severity = none`.

            If a rule has a fix, the light bulb offers it for one place, a file, a project or the solution. On the command line, use `dotnet format analyzers --diagnostics KRAIT001 --severity info`.

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
