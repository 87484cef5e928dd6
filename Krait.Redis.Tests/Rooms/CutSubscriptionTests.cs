using System.Globalization;
using Krait.Redis.Tests.Engine;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Rooms;

namespace Krait.Redis.Tests.Rooms;

/// <summary>Redis cuts off a subscription, because it does not read fast enough.</summary>
public sealed class CutSubscriptionTests : OnRedis
{
    private const string CutOff = "EVAL \"return tonumber(redis.call('INFO', 'stats')"
        + ":match('client_output_buffer_limit_disconnections:(%d+)'))\" 0";

    [Fact]
    public async Task With_history_a_subscription_that_is_cut_off_again_and_again_loses_nothing()
    {
        await Redis.AskAsync("CONFIG SET client-output-buffer-limit \"pubsub 65536 65536 0\"");
        var history = new RoomHistory(length: 1_000, age: TimeSpan.FromMinutes(5));
        await using var first = new RoomServer(await Engines.ConnectAsync(), history);
        await using var second = new RoomServer(await Engines.ConnectAsync(), history);
        var client = await second.JoinAsync();
        var texts = Enumerable.Range(0, 300).Select(Text).ToList();

        foreach (var text in texts)
            await first.Room.SendAsync(new Note(text), cancellationToken: Token);

        await Patience.Until(() => client.Sent.Count == texts.Count);
        Assert.Equal(texts, client.Sent);
        Assert.Empty(client.Losses);
        Assert.NotEqual(":0", await Redis.AskAsync(CutOff));
    }

    /// <summary>Some messages are larger than the limit, so that Redis cuts off a subscription that is to get them.</summary>
    private static string Text(int number) =>
        number.ToString(CultureInfo.InvariantCulture) + new string('.', number % 100 == 50 ? 100_000 : 1_000);
}
