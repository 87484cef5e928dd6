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
        await Patience.Until(() => redis.Member.Losses.Count > 0);
        Assert.Equal(0, redis.Member.Losses[0].Lost.Count); // the number is unknown

        redis.Member.Losses[0].Handled();
        await Patience.Until(() => redis.Member.Sent.Count == LostTail.Kept + LostTail.Lost + LostTail.New);
        Assert.Single(redis.Member.Losses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(LostTail.Lost)]
    public async Task A_client_that_had_lost_messages_is_not_recovered_although_more_new_ones_follow(int lost)
    {
        await Patience.Until(() => redis.Member.Losses.Count > 0); // now its server knows of the loss

        foreach (var server in new[] { redis.Servers[0], redis.Servers[1], await redis.StartServerAsync() })
            Assert.False((await redis.ComeBackAsync(server, after: LostTail.Kept + lost)).IsRecovered);
    }

    [Fact]
    public async Task A_client_that_left_before_the_lost_messages_gets_the_new_ones()
    {
        var (client, isRecovered) = await redis.ComeBackAsync(await redis.StartServerAsync(), after: LostTail.Kept);

        Assert.True(isRecovered);
        await client.HasSentTexts([.. Enumerable.Range(0, LostTail.New).Select(static i => $"placed new {i}")]);
    }
}
