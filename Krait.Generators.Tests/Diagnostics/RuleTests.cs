using System.Globalization;
using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Diagnostics.Sentences;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What every rule is, and what it says: a user who reads the message alone knows what to do.</summary>
public sealed class RuleTests
{
    private static readonly IReadOnlyList<Sentence> All =
        [.. ClassSentences.All, .. RouteSentences.All, .. BindingSentences.All, .. HandlerSentences.All, .. MessageSentences.All, .. UnionSentences.All, .. UsageSentences.All, .. TrapSentences.All, .. RoomSentences.All];

    public static TheoryData<string, string, string, LanguageVersion, string> Said =>
        [.. All.Select(sentence => (sentence.Id, sentence.Text, sentence.Source, sentence.Language, sentence.Library))];

    public static TheoryData<string> Texts => [.. All.Select(sentence => sentence.Text).Distinct()];

    [Theory]
    [MemberData(nameof(Said))]
    public Task A_rule_says_what_is_wrong_on_the_piece_that_is(string id, string text, string source, LanguageVersion language, string library) =>
        new Sentence(id, text, source, language, library).Check();

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_message_is_one_sentence(string text)
    {
        Assert.Matches("^['A-Z\\[]", text);
        Assert.DoesNotMatch("[.!?;:,]$|[.!?] [A-Z]|\n", text);
    }

    [Fact]
    public void Every_rule_is_heard() => Assert.Equal(
        Rules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal), All.Select(sentence => sentence.Id).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Krait.Controller", "001 002 003 004 005 007 008 012 013 014 077")]
    [InlineData("Krait.Routing", "020 021 022 023 024 025 026 027 028 029")]
    [InlineData("Krait.Handlers", "006 040 041 042 043 044 047 049 050")]
    [InlineData("Krait.Messages", "045 046 070 071 072 073 074 075 076 078 079 080 081 082 083 084")]
    [InlineData("Krait.Usage", "048 090 091 092 093 094 095 096 097 098 099")]
    public void A_rule_has_the_category_of_what_it_is_about(string category, string ids) => Assert.Equal(ids, Ids(rule => rule.Category == category));

    [Theory]
    [InlineData(DiagnosticSeverity.Error, "001 002 003 004 007 008 012 014 020 021 022 025 026 027 028 029 040 041 042 043 044 046 047 049 070 071 072 073 074 075 076 077 078 079 082 083 084")]
    [InlineData(DiagnosticSeverity.Warning, "005 006 013 023 024 045 048 050 090 091 092 094 095 096 097 098")]
    [InlineData(DiagnosticSeverity.Info, "080 081 093 099")]
    public void A_rule_is_as_severe_as_what_becomes_of_the_code(DiagnosticSeverity severity, string ids) => Assert.Equal(ids, Ids(rule => rule.DefaultSeverity == severity));

    [Fact]
    public void Nobody_can_silence_what_refuses_a_controller() => Assert.Equal(
        Ids(rule => rule.DefaultSeverity == DiagnosticSeverity.Error && rule.Id is not (DiagnosticIds.SamePattern or DiagnosticIds.MalformedOrigin)),
        Ids(rule => rule.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable)));

    /// <summary>Editors and SARIF files show it below the message.</summary>
    [Fact]
    public void A_description_says_in_one_sentence_why_there_is_the_rule() => Assert.All(Rules.All, rule =>
    {
        var description = rule.Description.ToString(CultureInfo.InvariantCulture);
        Assert.Matches("^[A-Z].{20,}[a-z0-9\\]]\\.$", description);
        Assert.DoesNotMatch("[.!?] [A-Z]|\n", description);
    });

    [Fact]
    public void No_rule_is_off() => Assert.All(Rules.All, rule => Assert.True(rule.IsEnabledByDefault));

    private static string Ids(Func<DiagnosticDescriptor, bool> condition) =>
        string.Join(' ', Rules.All.Where(condition).Select(rule => rule.Id["KRAIT".Length..]).Order(StringComparer.Ordinal));
}
