namespace Krait.Redis.Tests.Chaos;

/// <summary>The checker of the random faults finds each kind of broken promise.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Kept_promises_are_no_reason_to_complain() => Assert.Empty(
        Check(taken: ["a 1", "b 1", "a 2"], Member("a 1", "b 1", "a 2"), Member("a 1", "b 1", "a 2")));

    [Fact]
    public void A_message_that_comes_twice_is_found() => Assert.Contains(
        "Member 0: a 1 follows a 1.", Check(taken: ["a 1"], Member("a 1", "a 1")));

    [Fact]
    public void A_message_that_comes_too_late_is_found() => Assert.Contains(
        "Member 0: a 1 follows a 2.", Check(taken: [], Member("a 2", "a 1")));

    [Fact]
    public void Two_orders_are_found() => Assert.Contains(
        "Members 0 and 1 got a 1 in different orders.", Check(taken: [], Member("a 1", "b 1"), Member("b 1", "a 1")));

    [Theory]
    [InlineData("a 1", "a 3")]
    [InlineData("b 1", "a 3")]
    public void A_missing_message_that_Redis_had_confirmed_is_found(string before, string after) => Assert.Contains(
        "Member 0: Nothing tells that a 2 is missing.", Check(taken: ["a 2"], Member(before, after)));

    [Fact]
    public void A_missing_message_that_another_member_has_got_is_found() => Assert.Contains(
        "Member 0: Nothing tells that a 2 is missing.", Check(taken: [], Member("a 1", "a 3"), Member("a 1", "a 2", "a 3")));

    [Fact]
    public void A_missing_message_that_Redis_never_had_is_no_reason_to_complain() => Assert.Empty(
        Check(taken: [], Member("a 1", "a 3")));

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    [InlineData(3, false)]
    public void A_loss_counts_only_where_the_message_is_missing(int gap, bool isTold)
    {
        var member = new Account(["a 1", "b 1", "a 3", "b 2"], new HashSet<int> { gap });

        Assert.Equal(isTold, !Check(taken: ["a 2"], member).Any());
    }

    private static Account Member(params string[] texts) => new(texts, new HashSet<int>());

    private static IEnumerable<string> Check(string[] taken, params Account[] members) =>
        new Checker(members, taken).Complaints();
}
