using Krait.Generators.Emission;

namespace Krait.Generators.Tests.Snapshots;

/// <summary>Generated lines fit into 130 characters where C# has a place to break them.</summary>
public sealed class LineWidthTests
{
    private static readonly string Long = new('a', 60);

    [Fact]
    public void A_line_that_fits_stays_as_it_is() => Holds($"    Call({Long}, two)", $"    Call({Long}, two)");

    [Fact]
    public void A_long_line_is_broken_behind_its_last_arrow() => Holds(
        $"    OnMessage = static (controller, message, connection) => {Long}.Reply(connection, controller.Hear(message), 123456789),",
        $"    OnMessage = static (controller, message, connection) =>\n        {Long}.Reply(connection, controller.Hear(message), 123456789),");

    [Fact]
    public void Arguments_get_a_line_each_and_those_that_do_not_fit_are_broken_again() => Holds(
        $"    new Note({Long}, new object[] {{ \"a, b => (\", {Long}, {Long}, ',', (int)(1) }}) {{ Name = 1 }},",
        $"    new Note(\n        {Long},\n        new object[] {{\n            \"a, b => (\",\n            {Long},\n            {Long},\n            ',',\n            (int)(1) }}) {{ Name = 1 }},");

    [Fact]
    public void Commas_between_type_arguments_are_no_place_to_break() => Holds(
        $"    Map<{Long}, {Long}, int>(one, two)", $"    Map<{Long}, {Long}, int>(\n        one,\n        two)");

    [Fact]
    public void Type_arguments_are_broken_where_there_is_nothing_else() => Holds($"    new Map<{Long}, {Long}, int>", $"    new Map<\n        {Long},\n        {Long},\n        int>");

    [Fact]
    public void A_text_is_never_broken() => Holds($"    throw Refused(\"{Long}, {Long}, \\\" => {Long}\")", $"    throw Refused(\n        \"{Long}, {Long}, \\\" => {Long}\")");

    [Fact]
    public void Comments_and_directives_stay_as_they_are() => Holds($"    /// {Long}({Long}, {Long})\n#pragma {Long}, {Long}, {Long}", $"    /// {Long}({Long}, {Long})\n#pragma {Long}, {Long}, {Long}");

    private static void Holds(string before, string after) => Assert.Equal(after, LineWidth.Apply(before));
}
