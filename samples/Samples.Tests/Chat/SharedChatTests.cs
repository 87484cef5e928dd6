using Chat;
using Krait.Redis.Tests.Servers;

namespace Samples.Tests.Chat;

/// <summary>Several servers of one chat.</summary>
public sealed class SharedChatTests
{
    [Fact]
    public async Task People_on_two_servers_see_and_hear_each_other()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await ChatServer.StartAsync(redis.Configuration);
        await using var second = await ChatServer.StartAsync(redis.Configuration);
        using var ada = await first.EnterAsync("Ada");
        using var bo = await second.EnterAsync("Bo");
        await ada.SeesAsync(ada.Me, bo.Me);
        await bo.SeesAsync(ada.Me, bo.Me);

        await ada.SayAsync("Hello, Bo");
        Assert.Equal(["Hello, Bo"], await bo.HearLinesAsync(1));
        await bo.SayAsync("Hello, Ada");
        Assert.Equal(["Hello, Bo", "Hello, Ada"], await ada.HearLinesAsync(2));

        await bo.CloseAsync();
        await ada.SeesAsync(ada.Me);
    }

    [Fact]
    public async Task Who_comes_back_to_another_server_gets_only_what_was_missed_even_if_the_first_has_ended()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var first = await ChatServer.StartAsync(redis.Configuration);
        await using var second = await ChatServer.StartAsync(redis.Configuration);
        using var ada = await second.EnterAsync("Ada");
        using var bo = await first.EnterAsync("Bo");
        await bo.SayAsync("1");
        var seen = (await bo.HearAsync(ChatEventKind.Said)).At;
        bo.Dispose();
        await first.DisposeAsync();
        await ada.SayAndHearAsync("2");

        using var back = await second.EnterAsync("Bo", at: seen);
        await back.SayAsync("3");

        Assert.True(back.Welcome.Recovered);
        Assert.Equal(["2", "3"], await back.HearLinesAsync(2));
    }

    [Fact]
    public async Task While_Redis_is_away_people_enter_and_a_message_is_refused()
    {
        await using var server = await ChatServer.StartAsync($"127.0.0.1:{RedisServer.FreePort()}");
        using var ada = await server.EnterAsync("Ada");
        for (var time = 0; time < 2; time++)
        {
            await ada.SayAsync("Hello");
            Assert.EndsWith("Please try again.", (await ada.HearAsync(ChatEventKind.Refused)).Problem);
        }
    }
}
