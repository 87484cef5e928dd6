using System.Net.WebSockets;
using Krait.CompilerServices;
using Krait.Controllers;
using Krait.Telemetry;
using Krait.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>The cost of a flood of messages over a limit, after [OnError] has got the first one.</summary>
public sealed class RateRefusalsTests
{
    private const int Flood = 1000;

    private static readonly MessageRate OneInAMinute =
        new(null, 1, PerSeconds: 60, Burst: 1, WhenOver.Refuse, RateLimitPer.Connection);

    private readonly CountingClock _clock = new();
    private readonly RatedDelivery _delivery;

    public RateRefusalsTests()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        var rules = RateRules.Of(typeof(RateRefusalsTests), [OneInAMinute], services)!;
        var gate = new RateGate(rules, new("user", null), null!, _clock);
        Assert.Null(Charge(gate));
        Assert.True(gate.TryTell(Charge(gate)!));
        _delivery = new(new NoDelivery(), gate, new(gate, null!, null!, null!, null!, Counted), null!, null!, _clock);
        Deliver(1);
        _delivery.EndRead();
    }

    private static EndpointTelemetry Counted => new(new(), "/flooded", []);

    private static TransportRead Message => TransportRead.Message(WebSocketMessageType.Binary, default);

    [Fact]
    public void A_refused_message_allocates_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Flood; i++)
        {
            Deliver(1);
            _delivery.EndRead();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Refusing_the_messages_of_one_read_takes_one_look_at_the_clock()
    {
        var before = _clock.Looks;
        Deliver(Flood);
        Assert.Equal(1, _clock.Looks - before);
    }

    [Fact]
    public void The_messages_of_the_next_read_may_be_within_the_limit()
    {
        Deliver(Flood);
        _delivery.EndRead();
        _clock.Now += TimeSpan.FromMinutes(1);
        Assert.Throws<DeliveredException>(() => Deliver(1));
    }

    private static RateRule? Charge(RateGate gate)
    {
        var taken = 0;
        return gate.Charge(Message, ref taken, out _);
    }

    private void Deliver(int messages)
    {
        for (var i = 0; i < messages; i++)
            Assert.True(_delivery.DeliverAsync(Message).IsCompletedSuccessfully);
    }

    private sealed class CountingClock : TimeProvider
    {
        public int Looks { get; private set; }

        public TimeSpan Now { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            Looks++;
            return Now.Ticks;
        }
    }

    /// <summary>Takes no messages.</summary>
    private sealed class NoDelivery : IMessageDelivery
    {
        public ValueTask DeliverAsync(in TransportRead read) => throw new DeliveredException();

        public ValueTask DeliverLaterAsync(in TransportRead read) => throw new DeliveredException();

        public void EndRead()
        {
        }

        public void EndBatch()
        {
        }

        public void Complete()
        {
        }

        public void LiftBudget()
        {
        }

        public Task WhenLineEmpty(Task running) => Task.CompletedTask;

        public Task WhenHandled(Task running) => Task.CompletedTask;
    }

    private sealed class DeliveredException : Exception;
}
