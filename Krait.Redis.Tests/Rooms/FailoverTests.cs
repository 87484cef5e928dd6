using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Rooms;

/// <summary>A replica took the place of Redis, and lacks the last messages.</summary>
/// <remarks>
/// Centrifugo numbers messages and compares the numbers. When more new messages follow than were lost, the new ones have the
/// numbers of the lost ones, and a client that had the lost ones is said to be recovered. Krait compares predecessors.
/// </remarks>
public sealed class FailoverTests(LostTail redis) : IClassFixture<LostTail>
{
    [Fact]
    public async Task Connected_members_hear_that_messages_are_lost_although_more_new_ones_follow()
    {
        var handled = 0;
        await Patience.Until(() =>
        {
            while (redis.Member.Losses.Count > handled)
                redis.Member.Losses[handled++].Handled();

            // Not a count: a send that failed and was repeated may have arrived nevertheless.
            return redis.Member.Sent[^1].StartsWith($"placed new {LostTail.New - 1}@", StringComparison.Ordinal);
        });

        Assert.NotEqual(0, handled);
    }

    [Theory]
    [InlineData(0)] // it misses them, and nothing has them any more
    [InlineData(1)]
    [InlineData(LostTail.Lost)]
    public async Task A_client_that_had_none_some_or_all_lost_messages_is_not_recovered_although_more_new_ones_follow(int lost)
    {
        await Patience.Until(() => redis.Member.Losses.Count > 0); // now its server knows of the loss

        foreach (var server in new[] { redis.Servers[0], redis.Servers[1], await redis.StartServerAsync() })
            Assert.False((await redis.ComeBackAsync(server, after: LostTail.Kept + lost)).IsRecovered);
    }
}
