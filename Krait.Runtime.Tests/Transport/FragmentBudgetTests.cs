using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class FragmentBudgetTests
{
    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    [InlineData(long.MaxValue, false)]
    public void A_declared_length_is_judged_by_the_limit(long length, bool fits) =>
        Assert.Equal(fits, new FragmentBudget(1000).TryAdd(length));

    [Fact]
    public void All_fragments_count_together()
    {
        var budget = new FragmentBudget(1000);

        Assert.True(budget.TryAdd(600));
        Assert.True(budget.TryAdd(400));
        Assert.False(budget.TryAdd(1));
    }

    [Fact]
    public void The_next_message_starts_anew()
    {
        var budget = new FragmentBudget(1000);
        budget.TryAdd(1000);

        budget.Reset();

        Assert.True(budget.TryAdd(1000));
    }

    [Fact]
    public void Tiny_fragments_count_their_overhead()
    {
        var budget = new FragmentBudget(1000);
        var fragments = 0;
        while (budget.TryAdd(0))
            fragments++;

        Assert.Equal(FragmentBudget.FreeFragments + (1000 / FragmentBudget.LeastCost), fragments);
    }
}
