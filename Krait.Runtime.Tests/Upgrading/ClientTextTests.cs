using Krait.Upgrading;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class ClientTextTests
{
    [Fact]
    public void Short_text_stays_as_it_is()
    {
        Assert.Equal(new string('x', 64), ClientText.Cut(new string('x', 64)));
    }

    [Fact]
    public void Long_text_is_cut_to_64_characters()
    {
        Assert.Equal(new string('x', 64), ClientText.Cut(new string('x', 65)));
    }

    [Fact]
    public void No_text_ends_the_line_of_a_log()
    {
        Assert.Equal("a?b?c?d?e", ClientText.Cut("a\nb\u0085c\u009Bd\u2028e"));
    }

    [Fact]
    public void A_character_of_two_halves_is_not_split()
    {
        Assert.Equal(new string('x', 63), ClientText.Cut(new string('x', 63) + "\U0001F40D"));
    }
}
