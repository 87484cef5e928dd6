using Krait.Generators.Emission;

namespace Krait.Generators.Tests.Snapshots;

public sealed class TemplateTests
{
    private const string Nothing = "";
    private const string Lines = "a\n\n    b";

    [Fact]
    public void What_fills_a_hole_is_indented_as_the_hole_is_but_for_its_empty_lines() => Assert.Equal("x\n    {a\n\n        b}\ny", Template.Of($$"""
        x
            {{{Lines}}}
        y
        """));

    [Fact]
    public void A_line_of_empty_holes_is_left_out_wherever_it_stands() => Assert.Equal("x\n  a\n\n      b\n\ny", Template.Of($"""
        {Nothing}
        x
            {Nothing}
          {Lines}
            {Nothing}{Nothing}

        y
        {Nothing}
        """));

    [Fact]
    public void An_empty_hole_beside_other_text_leaves_its_line() => Assert.Equal("x = ;\n;", Template.Of($"""
        x = {Nothing};
        {Nothing};
        """));

    [Fact]
    public void Several_lines_are_joined() => Assert.Equal("[\n    1,\n    2,\n]", Template.Of($"""
        [
            {Enumerable.Range(1, 2).Select(number => number + ",")}
        ]
        """));
}
