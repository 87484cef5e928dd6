using Krait.Connections;
using Krait.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Hosting;

public sealed class ConnectionRegistryTests : IDisposable
{
    private readonly Lifetime _lifetime = new();
    private readonly ConnectionRegistry _registry;

    public ConnectionRegistryTests() => _registry = new(_lifetime);

    public void Dispose()
    {
        _registry.Dispose();
        _lifetime.Dispose();
    }

    [Fact]
    public void Every_live_connection_stops_when_the_host_begins_to_stop()
    {
        var (first, second, ended) = (new Connection(), new Connection(), new Connection());
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
        var late = new Connection();
        _lifetime.StopApplication();

        _registry.Add(late);

        Assert.Equal(1, late.Stops);
    }

    [Fact]
    public async Task The_hosts_shutdown_waits_for_the_last_connection()
    {
        var (first, second) = (new Connection(), new Connection());
        _registry.Add(first);
        _registry.Add(second);
        var drain = new ConnectionDrain(_registry, LoggerFactory.Create(_ => { }).CreateLogger<ConnectionDrain>());

        var stopping = drain.StopAsync(TestContext.Current.CancellationToken);
        _registry.Remove(first);
        Assert.False(stopping.IsCompleted);
        _registry.Remove(second);

        await stopping.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (first.Stops, second.Stops));
    }

    [Fact]
    public async Task The_hosts_shutdown_waits_no_longer_than_its_timeout_and_says_so()
    {
        using var logs = new CollectedLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        _registry.Add(new Connection());
        var drain = new ConnectionDrain(_registry, factory.CreateLogger<ConnectionDrain>());

        await drain.StopAsync(new(canceled: true));

        Assert.StartsWith("1 WebSocket connections had not ended", Assert.Single(logs.OfKrait()).Message);
    }

    private sealed class Connection : IStoppableConnection
    {
        public int Stops { get; private set; }

        public void StopForHost() => Stops++;
    }

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
