using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Rooms on real sockets.</summary>
public sealed class RoomTests
{
    private const string Deflate = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private const int SmallWindow = 8 * 1024;

    private static readonly string Padding = new('x', 1000);

    [Fact]
    public async Task Members_hear_each_other_and_the_end_of_each_other()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var ada = await app.ConnectRawAsync("/halls/blue");
        Assert.Equal("""{"$type":"entered","Present":1}""", await ada.ReadTextAsync());
        await using var bob = await app.ConnectRawAsync("/halls/blue");
        Assert.Equal("""{"$type":"entered","Present":2}""", await bob.ReadTextAsync());
        await using var other = await app.ConnectRawAsync("/halls/red");
        Assert.Equal("""{"$type":"entered","Present":1}""", await other.ReadTextAsync());

        await ada.SendTextAsync("hello");
        Assert.Equal("""{"$type":"said","Text":"hello"}""", await bob.ReadTextAsync());

        bob.Finish();
        Assert.Equal("""{"$type":"said","Text":"somebody left"}""", await ada.ReadTextAsync());
        await app.Journal().Has("1 left");
    }

    [Fact]
    public async Task What_is_sent_while_OnOpen_runs_follows_its_answer()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var client = await app.ConnectRawAsync("/halls/blue?wait=true");
        await app.Journal().Has("entering");
        for (var i = 0; i < 200; i++)
            Hall(app).Send(new Said($"{i}"));

        app.Gate().Open();

        Assert.Equal("""{"$type":"entered","Present":1}""", await client.ReadTextAsync());
        for (var i = 0; i < 200; i++)
            Assert.Equal($$"""{"$type":"said","Text":"{{i}}"}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Codecs_and_compression_share_a_room()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var plain = await app.ConnectRawAsync("/halls/blue");
        await using var second = await app.ConnectRawAsync("/halls/blue", headers: "Sec-WebSocket-Protocol: hall.v2\r\n");
        await using var deflated = await app.ConnectRawAsync("/halls/blue", headers: "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
        await using var stateful = await app.ConnectRawAsync("/halls/blue", headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        await using var twin = await app.ConnectRawAsync("/halls/blue", headers: "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
        foreach (var client in new[] { plain, second, deflated, stateful, twin })
            await client.ReadAsync();

        var text = string.Concat(Enumerable.Repeat("again and ", 100));
        for (var i = 0; i < 3; i++)
        {
            Hall(app).Send(new Said(text));
            var expected = $$"""{"$type":"said","Text":"{{text}}"}""";
            Assert.Equal(expected, await plain.ReadTextAsync());
            Assert.Equal($"v2 Said {{ Text = {text} }}", await second.ReadTextAsync());
            var (one, other) = ((await deflated.ReadAsync())!, (await twin.ReadAsync())!);
            Assert.Equal(one.Payload, other.Payload);
            Assert.InRange(one.Payload.Length, 1, 200);
            Assert.InRange((await stateful.ReadAsync())!.Payload.Length, 1, 200);
        }
    }

    [Fact]
    public async Task A_burst_arrives_message_by_message_with_every_codec_and_compression()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var plain = await app.ConnectRawAsync("/halls/blue");
        await using var twin = await app.ConnectRawAsync("/halls/blue");
        await using var second = await app.ConnectRawAsync("/halls/blue", headers: "Sec-WebSocket-Protocol: hall.v2\r\n");
        await using var deflated = await app.ConnectRawAsync("/halls/blue", headers: Deflate);
        var clients = new[] { plain, twin, second, deflated };
        foreach (var client in clients)
            await client.ReadAsync();

        for (var i = 0; i < 300; i++)
            Hall(app).Send(i % 7 == 0 ? new Whispered($"{i}") : new Said($"{i} {Padding}"));

        for (var i = 0; i < 300; i++)
        {
            var text = i % 7 == 0 ? $"{i}" : $"{i} {Padding}";
            var expected = $$"""{"$type":"{{(i % 7 == 0 ? "whispered" : "said")}}","Text":"{{text}}"}""";
            Assert.Equal(expected, await plain.ReadTextAsync());
            Assert.Equal(expected, await twin.ReadTextAsync());
            Assert.Equal($"v2 {(i % 7 == 0 ? "Whispered" : "Said")} {{ Text = {text} }}", await second.ReadTextAsync());
            Assert.Equal(i % 7 != 0, (await deflated.ReadAsync())!.IsCompressed);
        }
    }

    [Fact]
    public async Task What_may_not_be_compressed_is_not_though_somebody_who_compresses_nothing_is_in_the_room()
    {
        await using var app = await Hosting.TestApp.StartAsync(
            static app =>
            {
                app.MapWebSocketController<HallController>();
                app.MapWebSocketController<PlainHallController>();
            },
            static builder => builder.Services.AddSingleton<Journal>().AddSingleton<Gate>());
        await using var plain = await app.ConnectRawAsync("/plain-halls/blue");
        await plain.ReadTextAsync();
        await using var deflated = await app.ConnectRawAsync("/halls/blue", headers: Deflate);
        await deflated.ReadAsync();

        Hall(app).Send(new Said(Padding));
        Hall(app).Send(new Whispered(Padding));

        Assert.True((await deflated.ReadAsync())!.IsCompressed);
        Assert.False((await deflated.ReadAsync())!.IsCompressed);
    }

    [Fact]
    public async Task What_may_not_be_compressed_is_not_in_a_room_of_a_derived_type()
    {
        await using var app = await Served.StartAsync<WhisperController>();
        await using var deflated = await app.ConnectRawAsync("/whispers", headers: Deflate);
        await deflated.ReadAsync();

        app.Services.GetRequiredService<IRooms<Whispered>>()["whispers"].Send(new(Padding));

        Assert.False((await deflated.ReadAsync())!.IsCompressed);
    }

    [Theory]
    [InlineData(Carrier.Http1)]
    [InlineData(Carrier.Http2)]
    [InlineData(Carrier.Http1WithoutStream)]
    [InlineData(Carrier.InMemory)]
    public async Task A_client_that_reads_again_gets_all_but_what_it_is_told_is_missing(Carrier carrier)
    {
        await using var app = await Served.StartAsync<HallController>(carrier);
        using var client = await app.ConnectAsync("halls/blue");
        await client.ReceiveTextAsync();
        await FillAsync(app, static i => new Ticked(i, Padding));

        var (received, missed) = (0L, 0L);
        while (received + missed < Filled)
        {
            var read = Read(await client.ReceiveTextAsync().InTime());
            if (read.GetProperty("$type").GetString() == "missed")
                missed += read.GetProperty("Count").GetInt64();
            else
                Assert.Equal(received++ + missed, read.GetProperty("Number").GetInt64());
        }

        var atLeast = carrier == Carrier.InMemory ? 0 : 1; // the test server takes all that it is given in time
        Assert.InRange(missed, atLeast, Filled);
    }

    [Theory]
    [InlineData("a%01b", "which has a control character")]
    [InlineData("%0A", "which has a control character")]
    public async Task A_room_that_cannot_be_named_is_refused_before_the_upgrade(string hall, string fault)
    {
        await using var app = await Served.StartAsync<HallController>();
        using var client = new HttpClient { BaseAddress = app.BaseAddress };

        using var response = await client.SendAsync(Upgrade($"/halls/{hall}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(fault, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_too_long_is_refused_before_the_upgrade()
    {
        await using var app = await Served.StartAsync<HallController>();
        using var client = new HttpClient { BaseAddress = app.BaseAddress };

        using var response = await client.SendAsync(Upgrade($"/halls/{new string('a', 201)}"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("longer than 200 bytes", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_are_escaped_so_that_no_client_reaches_another_room()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var client = await app.ConnectRawAsync("/halls/a%2Fb");
        await client.ReadTextAsync();

        Assert.Equal(["halls/" + Uri.EscapeDataString("a%2Fb")], app.Services.GetRequiredService<IRooms<HallEvent>>().Active);
    }

    [Fact]
    public async Task Conflated_values_arrive_when_the_client_reads_again()
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var client = await app.ConnectRawAsync("/halls/blue", SmallWindow);
        await client.ReadTextAsync();
        await FillAsync(app, static i => new Priced($"{i % 10}", i, Padding));

        var last = new Dictionary<string, long>();
        Hall(app).Send(new Said("end"));
        while (Read(await client.ReadTextAsync()) is var read && read.GetProperty("$type").GetString() == "priced")
            last[read.GetProperty("Symbol").GetString()!] = read.GetProperty("Price").GetInt64();

        Assert.Equal(Filled - 10, last.Values.Min());
    }

    [Theory]
    [InlineData("ticked")]
    [InlineData("fresh")]
    public async Task Lost_messages_are_told_where_they_are_missing(string type)
    {
        await using var app = await Served.StartAsync<HallController>();
        await using var client = await app.ConnectRawAsync("/halls/blue", SmallWindow);
        await client.ReadTextAsync();
        await FillAsync(app, i => type == "ticked" ? new Ticked(i, Padding) : new Fresh(i, Padding));

        var (next, missed) = (0L, 0L);
        var received = 0;
        while (received + missed < Filled)
        {
            var read = Read(await client.ReadTextAsync());
            if (read.GetProperty("$type").GetString() == "missed")
            {
                missed += read.GetProperty("Count").GetInt64();
                next += read.GetProperty("Count").GetInt64();
                continue;
            }

            Assert.Equal(next++, read.GetProperty("Number").GetInt64()); // so the answer stands where the gap is
            received++;
        }

        Assert.Equal(Filled, received + missed);
        Assert.InRange(missed, 1, Filled);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_closed_where_nothing_may_be_lost_and_the_others_hear_all()
    {
        await using var app = await Served.StartAsync<HallController>(Served.With(static options =>
        {
            options.CloseTimeout = TimeSpan.FromSeconds(1);
            options.KeepAliveInterval = Timeout.InfiniteTimeSpan; // on a busy machine, its timeout may come first
        }));
        await using var slow = await app.ConnectRawAsync("/halls/blue", SmallWindow);
        await using var quick = await app.ConnectRawAsync("/halls/blue");
        await quick.ReadTextAsync();
        var sent = 0;
        for (; Hall(app).LocalCount == 2; sent++)
        {
            Hall(app).Send(new Said($"{sent}{Padding}"));
            Assert.Contains($"{sent}{Padding}", await quick.ReadTextAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(CloseCause.TooSlow, (await app.Journal().Closed()).Cause);
        Assert.Contains("somebody left", await quick.ReadTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_host_beside_full_rings_delivers_or_counts_and_nobody_throws()
    {
        await using var app = await Served.StartAsync<HallController>(Served.With(options => options.CloseTimeout = TimeSpan.FromSeconds(1)));
        await using var client = await app.ConnectRawAsync("/halls/blue", SmallWindow);
        await client.ReadTextAsync();
        await FillAsync(app, static i => new Ticked(i, Padding));
        using var stopped = new CancellationTokenSource();
        var sending = Task.Run(() =>
        {
            while (!stopped.IsCancellationRequested)
                Hall(app).Send(new Ticked(0, Padding));
        }, TestContext.Current.CancellationToken);

        await app.StopAsync().InTime();
        await stopped.CancelAsync();
        await sending.InTime();

        Assert.Equal(CloseCause.HostStopping, (await app.Journal().Closed()).Cause);
        Assert.Equal(0, Hall(app).LocalCount);
    }

    [Fact]
    public async Task Clients_that_reset_while_they_join_leave_nothing_behind()
    {
        await using var app = await Served.StartAsync<HallController>();
        using var stopped = new CancellationTokenSource();
        var sending = Task.Run(() =>
        {
            while (!stopped.IsCancellationRequested)
                Hall(app).Send(new Said("hello"));
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 100; i++)
        {
            await using var client = await app.ConnectRawAsync("/halls/blue");
            if (i % 2 == 0)
                await client.ReadAsync();

            client.Reset();
        }

        await app.Journal().HasCloses(100);
        await stopped.CancelAsync();
        await sending.InTime();
        await app.AllEnded();
        Assert.Empty(app.Services.GetRequiredService<IRooms<HallEvent>>().Active);
    }

    [Fact]
    public async Task Structs_are_messages_of_rooms_too()
    {
        await using var app = await Served.StartAsync<PositionController>(builder => builder.Services.AddRooms<Position>());
        await using var client = await app.ConnectRawAsync("/positions");
        await client.SendTextAsync("join");
        Assert.Equal("""{"Id":1,"X":0}""", await client.ReadTextAsync());

        app.Services.GetRequiredService<IRooms<Position>>()["positions"].Send(new(7, 1.5));
        Assert.Equal("""{"Id":7,"X":1.5}""", await client.ReadTextAsync());

        await client.SendTextAsync("leave");
        Assert.Equal("""{"Id":0,"X":0}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Options_out_of_range_stop_the_application_from_starting() =>
        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() =>
            Served.StartAsync<PositionController>(builder => builder.Services.AddRooms<Position>(options => options.MemberCapacity = 0)));

    private const long Filled = 20_000;

    private static IRoom<HallEvent> Hall(Hosting.TestApp app) => app.Services.GetRequiredService<IRooms<HallEvent>>()["halls/blue"];

    private static JsonElement Read(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>Sends so much to a client that does not read that some of it must wait.</summary>
    private static async Task FillAsync(Hosting.TestApp app, Func<long, HallEvent> message)
    {
        for (var i = 0L; i < Filled; i++)
        {
            Hall(app).Send(message(i));
            if (i % 100 == 0)
                await Task.Yield();
        }
    }

    private static HttpRequestMessage Upgrade(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        return request;
    }
}
