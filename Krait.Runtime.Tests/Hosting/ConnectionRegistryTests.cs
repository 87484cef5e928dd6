using Krait.Connections;
using Krait.Hosting;
using Krait.Runtime.Tests.EndToEnd;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Hosting;

public sealed class ConnectionRegistryTests : IDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly KraitOptions _options = new();
    private readonly HostOptions _host = new();
    private readonly FakeTimeProvider _time = new();
    private readonly CollectedLogs _logs = new();
    private readonly ConnectionRegistry _registry;

    public ConnectionRegistryTests() => _registry = new(_lifetime, new OptionsWrapper<KraitOptions>(_options));

    public void Dispose()
    {
        _registry.Dispose();
        _lifetime.Dispose();
        _logs.Dispose();
    }

    [Fact]
    public void Every_live_connection_stops_when_the_host_begins_to_stop()
    {
        var (first, second, ended) = (new StoppableConnection(), new StoppableConnection(), new StoppableConnection());
        _registry.Add(first);
        _registry.Add(second);
        _registry.Add(ended);
        _registry.Remove(ended);

        _lifetime.StopApplication();

        Assert.Equal((1, 1, 0), (first.Stops, second.Stops, ended.Stops));
    }

    [Fact]
    public void A_connection_that_comes_later_stops_at_once()
    {
        var late = new StoppableConnection();
        _lifetime.StopApplication();

        _registry.Add(late);

        Assert.Equal(1, late.Stops);
    }

    [Fact]
    public async Task The_hosts_shutdown_waits_for_the_last_connection()
    {
        var (first, second) = (new StoppableConnection(), new StoppableConnection());
        _registry.Add(first);
        _registry.Add(second);

        var stopping = Drain().StopAsync(TestContext.Current.CancellationToken);
        _registry.Remove(first);
        Assert.False(stopping.IsCompleted);
        _registry.Remove(second);

        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (first.Stops, second.Stops));
    }

    [Fact]
    public async Task The_hosts_shutdown_waits_no_longer_than_its_timeout_and_says_so()
    {
        _registry.Add(new StoppableConnection());

        await Drain().StopAsync(new(canceled: true));

        Assert.StartsWith("1 WebSocket connections had not ended", Assert.Single(_logs.OfKrait()).Message);
    }

    [Fact]
    public void With_a_period_connections_live_on_until_the_host_lets_them_be_drained()
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(5);
        var connection = Add();

        _lifetime.StopApplication();

        Assert.Equal((0, 0), (connection.Stops, connection.Drains.Count));
        Assert.True(_registry.IsDraining);
    }

    [Fact]
    public void A_connection_whose_upgrade_was_under_way_is_drained_at_once()
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(5);
        _lifetime.StopApplication();

        var late = Add();

        Assert.Equal((0, 1), (late.Stops, late.Drains.Count));
    }

    [Fact]
    public void Each_client_gets_a_different_time_to_come_back()
    {
        (_options.DrainPeriod, _options.ReconnectSpread) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20));
        _lifetime.StopApplication();

        var times = Enumerable.Range(0, 1000).Select(_ => Add().Drains.Single().ReconnectAfter.TotalSeconds).ToArray();

        Assert.All(times, static time => Assert.InRange(time, 0, 20));
        Assert.InRange(times.Average(), 8, 12); // 10 ± 11 standard deviations of the mean
    }

    [Fact]
    public async Task Without_a_period_the_host_goes_on_at_once()
    {
        var connection = Add();

        await Drain().StoppingAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (connection.Stops, connection.Drains.Count));
        Assert.False(_registry.IsDraining);
    }

    [Fact]
    public async Task The_host_goes_on_before_the_period_is_over_when_all_have_ended()
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(5);
        var (first, second) = (Add(), Add());

        var stopping = Drain().StoppingAsync(TestContext.Current.CancellationToken);
        _registry.Remove(first);
        Assert.False(stopping.IsCompleted);
        _registry.Remove(second);

        await stopping.InTime();
        Assert.Equal((0, 0), (first.Stops, second.Stops));
    }

    [Fact]
    public async Task When_the_period_is_over_all_have_been_drained_and_then_the_rest_is_stopped()
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(5);
        var connections = Enumerable.Range(0, 100).Select(_ => Add()).ToArray();

        var stopping = Drain().StoppingAsync(TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(stopping.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        await stopping.InTime();
        Assert.All(connections, static connection => Assert.Equal((1, 1), (connection.Stops, connection.Drains.Count)));
    }

    [Fact]
    public async Task When_the_host_has_no_more_time_the_rest_is_stopped_at_once()
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(5);
        var connections = Enumerable.Range(0, 100).Select(_ => Add()).ToArray();
        using var shutdown = new CancellationTokenSource();

        var stopping = Drain().StoppingAsync(shutdown.Token);
        await shutdown.CancelAsync();

        await stopping.InTime();
        Assert.All(connections, static connection => Assert.Equal(1, connection.Stops));
        Assert.Equal(1, connections.Sum(static connection => connection.Drains.Count));
    }

    [Theory]
    [InlineData(10, 10, 5, 25, false)]
    [InlineData(10, 10, 5, 24.9, true)]
    [InlineData(0, 10, 5, 14.9, true)]
    [InlineData(20, 10, 5, -0.001, false)] // infinite
    public async Task Timeouts_that_exceed_the_hosts_own_are_logged_at_the_start(
        double drain, double stop, double close, double shutdown, bool warns)
    {
        _options.DrainPeriod = TimeSpan.FromSeconds(drain);
        (_options.StopTimeout, _options.CloseTimeout) = (TimeSpan.FromSeconds(stop), TimeSpan.FromSeconds(close));
        _host.ShutdownTimeout = TimeSpan.FromSeconds(shutdown);

        await Drain().StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(warns ? [201] : [], _logs.OfKrait().Select(static entry => entry.Id.Id));
    }

    private StoppableConnection Add()
    {
        var connection = new StoppableConnection();
        _registry.Add(connection);
        return connection;
    }

    private ConnectionDrain Drain() => new(
        _registry,
        new OptionsWrapper<KraitOptions>(_options),
        new OptionsWrapper<HostOptions>(_host),
        _time,
        new Logger<ConnectionDrain>(LoggerFactory.Create(logging => logging.AddProvider(_logs))));

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
