using System.Diagnostics.Metrics;
using System.Net;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>No message of a client can make new values of tags, which would fill the memory of the collector.</summary>
public sealed class ClosedTagsTests
{
    private const int Clients = 150;

    private static readonly Dictionary<string, string[]> s_known = new()
    {
        ["http.route"] = ["/measured/{room}", "/group/measured-queue"],
        ["krait.protocol"] = ["", "one", "two", "other"],
        ["krait.close.cause"] = [.. Enum.GetValues<CloseCause>().Select(TagNames.Snake)],
        ["krait.close.status"] = [.. Enumerable.Range(1000, 16).Select(static status => $"{status}"), "other"],
        ["krait.refusal"] = [.. Enum.GetValues<RefusalReason>().Select(TagNames.Snake)],
        ["krait.message.type"] = ["Ask", "Break", "Fragile", "Answer", "string", "other"],
        ["network.io.direction"] = ["receive", "transmit"],
        ["error.type"] = [.. Enum.GetValues<InvalidMessageKind>().Select(TagNames.Snake), "System.NotSupportedException"],
    };

    [Fact]
    public async Task A_client_makes_no_new_values()
    {
        await using var app = await TestApp.StartAsync(static app =>
        {
            app.MapWebSocketController<MeasuredController>();
            app.MapGroup("/group").MapWebSocketController<MeasuredQueueController>();
        });
        var seen = new HashSet<(string, string)>();
        using var listener = Listen(app.Services.GetRequiredService<IMeterFactory>(), seen);
        for (var seed = 0; seed < Clients; seed++)
            await PlayAsync(app, new(seed));

        await app.AllEnded();
        lock (seen)
        {
            Assert.All(seen, static tag => Assert.Contains(tag.Item2, s_known[tag.Item1]));
            Assert.InRange(seen.Count, 15, int.MaxValue); // the clients were of many kinds
        }
    }

    private static MeterListener Listen(IMeterFactory meters, HashSet<(string, string)> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == KraitMeter.Name && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Note(tags));
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Note(tags));
        listener.Start();
        return listener;

        void Note(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (seen)
            {
                foreach (var tag in tags)
                    seen.Add((tag.Key, $"{tag.Value}"));
            }
        }
    }

    private static async Task PlayAsync(TestApp app, Random random)
    {
        var path = random.Next(3) == 0 ? "group/measured-queue" : $"measured/{random.Next()}{(random.Next(4) == 0 ? "?token=bad" : "")}";
        var protocol = random.Next(3) switch { 0 => "one", 1 => "three", _ => $"made-up-{random.Next()}" };
        await using var client = await RawClient.ConnectTcpAsync(new(IPAddress.Loopback, app.BaseAddress.Port));
        try
        {
            await client.SendAsync(RawClient.Handshake("/" + path, $"Sec-WebSocket-Protocol: {protocol}\r\n"));
            if (!(await client.ReadHeadAsync()).Contains(" 101 ", StringComparison.Ordinal))
                return;

            for (var i = 0; i < 3; i++)
                await client.SendAsync(Frame(random));

            if (random.Next(4) == 0)
                client.Reset();
            else
                client.Finish();
        }
        catch (IOException)
        {
            // The server has heard enough.
        }
    }

    private static byte[] Frame(Random random)
    {
        var bytes = new byte[random.Next(20)];
        random.NextBytes(bytes);
        return random.Next(6) switch
        {
            0 => ClientFrame.Text($$"""{"$type":"made up {{random.Next()}}"}"""),
            1 => ClientFrame.Text("""{"$type":"ask","Text":"hello"}"""),
            2 => ClientFrame.Text("""{"$type":"break"}"""),
            3 => ClientFrame.Binary(bytes),
            4 => ClientFrame.Close(random.Next(1000, 5000)),
            _ => bytes,
        };
    }
}
