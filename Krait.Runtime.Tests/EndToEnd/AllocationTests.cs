using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Krait.Runtime.Tests.Transport;
using Krait.Telemetry;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>The allocations of a message, from one call of its handler to the next: the reply, the read, the decoding.</summary>
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Messages = 60;
    private const int Rounds = 40;

    private static readonly string Letters = new('k', 32);

    // The load program's command. With one half as long Krait was seen to allocate 8 bytes more than the calls by hand: 248 against 240.
    private static readonly byte[] Command = """{"id":4711,"piece":"knight","x":12.5,"y":-3.25}"""u8.ToArray();

    [Fact]
    public async Task An_echo_of_raw_messages_allocates_nothing()
    {
        Assert.Equal(0, await MeasureAsync<RawAllocationController>("allocations/raw", ClientFrame.Binary(new byte[32])));
    }

    [Fact]
    public async Task Measuring_a_message_allocates_nothing()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == KraitMeter.Name)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var measured = 0L;
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref measured, value));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref measured));
        listener.Start();

        Assert.Equal(0, await MeasureAsync<RawAllocationController>("allocations/raw", ClientFrame.Binary(new byte[32])));
        Assert.True(measured > Messages);
    }

    [Fact]
    public async Task An_echo_of_text_allocates_the_string()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = new string('k', 32);
        var text = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(text, await MeasureAsync<TextAllocationController>("allocations/text", ClientFrame.Text(Letters)));
    }

    [Fact]
    public async Task A_JSON_message_and_its_reply_allocate_no_more_than_the_serializer_called_by_hand()
    {
        var byHand = long.MaxValue;
        for (var i = 0; i < Rounds * Messages; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var command = JsonSerializer.Deserialize(Command, AllocationMessages.Default.Lift)!;
            _ = JsonSerializer.SerializeToUtf8Bytes(new Lifted(command.Id, command.Piece, command.X, command.Y, true), AllocationMessages.Default.Lifted);
            byHand = Math.Min(byHand, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(await MeasureAsync<JsonAllocationController>("allocations/json", ClientFrame.Text(Encoding.UTF8.GetString(Command))), 1, byHand);
    }

    [Fact]
    public async Task A_handler_without_services_allocates_nothing_beside_one_that_takes_them() =>
        Assert.Equal(0, await MeasureAsync<ServiceAllocationController>("allocations/services", ClientFrame.Text("k")));

    /// <summary>The fewest bytes between two messages of one read: what else the thread does can only add to them.</summary>
    private static async Task<long> MeasureAsync<TController>(string path, byte[] frame)
        where TController : class, IWebSocketController<TController>
    {
        var allocations = new Allocations();
        await using var app = await Served.StartAsync<TController>(builder => builder.Services.AddSingleton(allocations));
        await using var client = await app.ConnectRawAsync("/" + path);
        byte[] batch = [.. Enumerable.Repeat(frame, Messages).SelectMany(bytes => bytes)];
        for (var i = 0; i < Rounds; i++)
        {
            await client.SendAsync(batch);
            for (var j = 0; j < Messages; j++)
                await client.ReadAsync();
        }

        return allocations.Least;
    }
}

/// <summary>Notes what a thread allocated between two calls of a handler.</summary>
internal sealed class Allocations
{
    private int _thread;
    private long _before;

    public long Least { get; private set; } = long.MaxValue;

    public void Note()
    {
        var now = GC.GetAllocatedBytesForCurrentThread();
        if (_thread == Environment.CurrentManagedThreadId)
            Least = Math.Min(Least, now - _before);

        _thread = Environment.CurrentManagedThreadId;
        _before = now;
    }
}

[WebSocketController("/allocations/raw")]
internal sealed partial class RawAllocationController(Allocations allocations)
{
    [OnMessage]
    private RawMessage Echo(RawMessage message)
    {
        allocations.Note();
        return message;
    }
}

[WebSocketController("/allocations/text")]
internal sealed partial class TextAllocationController(Allocations allocations)
{
    [OnMessage]
    private string Echo(string message)
    {
        allocations.Note();
        return message;
    }
}

[WebSocketController("/allocations/json")]
internal sealed partial class JsonAllocationController(Allocations allocations)
{
    [OnMessage]
    private Lifted Lift(Lift message)
    {
        allocations.Note();
        return new(message.Id, message.Piece, message.X, message.Y, true);
    }
}

[WebSocketController("/allocations/services", Receives = typeof(Errand))]
[MessageCodec(typeof(ErrandCodec))]
internal sealed partial class ServiceAllocationController(Allocations allocations)
{
    [OnMessage]
    private string Take(Errand.Plain errand)
    {
        allocations.Note();
        return errand.Text;
    }

    [OnMessage]
    private static string Take(Errand.Scoped errand, [FromServices] Allocations scoped) => errand.Text + scoped.Least;
}

internal abstract record Errand(string Text)
{
    internal sealed record Plain(string Text) : Errand(Text);

    internal sealed record Scoped(string Text) : Errand(Text);
}

/// <summary>Allocates nothing: every message is the same object.</summary>
internal sealed class ErrandCodec : IMessageDecoder<Errand>
{
    private static readonly Errand.Plain Only = new("k");

    public Errand Decode(in ReceivedMessage message) => Only;
}

internal sealed record Lift(int Id, string Piece, double X, double Y);

internal sealed record Lifted(int Id, string Piece, double X, double Y, bool Accepted);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Lift)), JsonSerializable(typeof(Lifted))]
internal sealed partial class AllocationMessages : JsonSerializerContext;
