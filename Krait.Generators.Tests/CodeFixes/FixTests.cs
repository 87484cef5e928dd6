using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

/// <summary>What holds for every fix.</summary>
public sealed class FixTests
{
    [Fact]
    public void A_rule_has_one_fix() => Assert.Equal(
        CodeFixTest.All.SelectMany(fix => fix.FixableDiagnosticIds).Distinct().Count(), CodeFixTest.All.Sum(fix => fix.FixableDiagnosticIds.Length));

    [Fact]
    public void A_fix_can_be_applied_to_all_places_at_once() => Assert.All(CodeFixTest.All, fix => Assert.NotNull(fix.GetFixAllProvider()));
}
