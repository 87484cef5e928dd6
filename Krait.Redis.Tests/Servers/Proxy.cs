using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Krait.Redis.Tests.Servers;

/// <summary>A network between an application and Redis, with faults when the test wants them. Thread-safe.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<ProxyLink> _links = new();
    private readonly CancellationTokenSource _disposing = new();
    private readonly RedisServer _redis;
    private readonly Task _accepting;
    private volatile bool _isSwallowing;

    public Proxy(RedisServer redis)
    {
        _redis = redis;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>A configuration with which the application goes through the network.</summary>
    public string Configuration =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The subscriptions of today bring nothing any more. Redis still gets all that the application sends.</summary>
    public void Deafen()
    {
        foreach (var link in _links)
            link.Deafen();
    }

    /// <summary>Whatever is sent vanishes, and so does whatever is sent on new connections. Nothing is closed.</summary>
    public void Swallow()
    {
        _isSwallowing = true;
        foreach (var link in _links)
            link.Swallow();
    }

    /// <summary>New connections work. On the others whatever is sent still vanishes, as behind a router that was restarted.</summary>
    public void Heal() => _isSwallowing = false;

    /// <summary>Closes all connections.</summary>
    public void Cut()
    {
        while (_links.TryDequeue(out var link))
            link.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync();
        _listener.Dispose();
        await ((Task)_accepting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Cut();
        _disposing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var application = await _listener.AcceptTcpClientAsync(_disposing.Token);
            var link = new ProxyLink(application);
            _links.Enqueue(link);
            if (_isSwallowing)
                link.Swallow();

            _ = link.RunAsync(_redis.Port);
        }
    }
}
