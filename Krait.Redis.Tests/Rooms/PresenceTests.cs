using System.Diagnostics;

namespace Krait.Redis.Tests.Rooms;

/// <summary>Who is in a room of three servers.</summary>
public sealed class PresenceTests : OnMemberServers
{
    [Fact]
    public async Task All_servers_list_and_tell_the_members_of_all()
    {
        Assert.All(await Task.WhenAll(Servers.Select(static server => server.ListAsync())), static names =>
            Assert.Equal(["Ann", "Bob", "Eve"], names));

        Bob.Announce("Bobby");
        await AllSeeAsync("Ann", "Bobby", "Eve");
        Eve.Leave();

        await SeeAsync(["Ann", "Bobby"], Ann, Bob);
        await RedisHasAsync(Servers[0], Servers[1]);
        Assert.Equal(["Ann", "Bobby"], (await (await StartServerAsync()).JoinAsync("Ina")).Names);
    }

    [Fact]
    public async Task A_server_that_stops_takes_its_members_with_it_at_once()
    {
        var clock = Stopwatch.StartNew();
        Eve.Leave(); // as connections do before the services are disposed
        await StopAsync(Servers[2]);

        await SeeAsync(["Ann", "Bob"], Ann, Bob);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await RedisHasAsync(Servers[0], Servers[1]);
    }
}

/// <summary>A server dies.</summary>
public sealed class DeadServerTests : OnMemberServers
{
    [Fact]
    public async Task Its_members_are_gone_within_20_seconds_also_from_Redis_and_each_is_told_once()
    {
        var clock = Stopwatch.StartNew();
        await Servers[2].DieAsync();

        await SeeAsync(["Ann", "Bob"], Ann, Bob);

        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20)); // sooner could be a short interruption
        await RedisHasAsync(Servers[0], Servers[1]);
        Assert.All([Ann, Bob], static guest => Assert.Single(guest.Told, "Eve left"));
        Assert.Equal(["Ann", "Bob"], (await (await StartServerAsync()).JoinAsync("Ina")).Names);
    }
}

/// <summary>A server is cut off from Redis, longer than its lease lasts, and comes back.</summary>
public sealed class PartitionTests : OnMemberServers
{
    [Fact]
    public async Task Its_members_are_told_to_leave_and_to_join_once_each_and_there_are_no_ghosts()
    {
        var clock = Stopwatch.StartNew();
        Servers[2].Network.Swallow();
        await SeeAsync(["Ann", "Bob"], Ann, Bob);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
        Assert.Equal(["Ann", "Bob", "Eve"], await Servers[2].ListAsync()); // the last that it knows
        Bob.Announce("Bobby");

        clock.Restart();
        Servers[2].Network.Heal();
        await AllSeeAsync("Ann", "Bobby", "Eve");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(40)); // usually 25 s
        await RedisHasAsync([.. Servers]);

        await NobodyIsToldAnythingAsync(TimeSpan.FromSeconds(10), Ann, Bob, Eve); // the list is read again after 8 s
        Assert.All([Ann, Bob], static guest => Assert.Equal(["Eve joined", "Eve left", "Eve joined"], guest.ToldOf("Eve")));
        Assert.All(await Task.WhenAll(Servers.Select(static server => server.ListAsync())), static names =>
            Assert.Equal(["Ann", "Bobby", "Eve"], names));
        await RedisHasAsync([.. Servers]);
    }
}

/// <summary>Redis forgets who is in rooms, and whose leases are valid.</summary>
public sealed class ForgottenMembersTests : OnMemberServers
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // and no connection breaks
    public async Task The_list_is_complete_again_within_15_seconds_and_nobody_is_told_to_have_left(bool restarts)
    {
        if (restarts)
        {
            Redis.Kill();
            await Redis.RestartAsync();
        }
        else
        {
            await Redis.AskAsync("FLUSHALL");
        }

        var clock = Stopwatch.StartNew();
        await RedisHasAsync([.. Servers]);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        await NobodyIsToldAnythingAsync(TimeSpan.FromSeconds(12), Ann, Bob, Eve); // the list is read again after 8 s
        AssertNobodyWasToldToHaveLeft();
        await RedisHasAsync([.. Servers]);
        Assert.Equal(["Ann", "Bob", "Eve"], (await (await StartServerAsync()).JoinAsync("Ina")).Names);
    }
}

/// <summary>Redis is away.</summary>
public sealed class PresenceWithoutRedisTests : OnMemberServers
{
    [Fact]
    public async Task Members_are_announced_and_listed_as_last_known_and_others_learn_of_the_rest_afterwards()
    {
        Redis.Kill();
        Bob.Announce("Bobby");
        Eve.Leave();
        var ina = await Servers[0].JoinAsync("Ina");

        await SeeAsync(["Ann", "Bob", "Eve", "Ina"], Ann, ina);
        await SeeAsync(["Ann", "Bobby", "Eve"], Bob);
        Assert.Equal(["Ann", "Bob", "Eve", "Ina"], await Servers[0].ListAsync());
        Assert.Equal(["Ann", "Bob"], await Servers[2].ListAsync());

        await Redis.RestartAsync();
        var clock = Stopwatch.StartNew();
        await SeeAsync(["Ann", "Bobby", "Ina"], Ann, Bob, ina);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        Assert.DoesNotContain("Ann left", Bob.Told);
    }

    [Fact]
    public async Task Nobody_is_told_to_have_left_after_Redis_was_frozen_for_longer_than_leases_last()
    {
        Redis.Freeze();
        await NobodyIsToldAnythingAsync(TimeSpan.FromSeconds(16), Ann, Bob, Eve);
        Redis.Thaw();

        await RedisHasAsync([.. Servers]);
        await NobodyIsToldAnythingAsync(TimeSpan.FromSeconds(12), Ann, Bob, Eve);
        AssertNobodyWasToldToHaveLeft();
        await RedisHasAsync([.. Servers]);
    }
}
