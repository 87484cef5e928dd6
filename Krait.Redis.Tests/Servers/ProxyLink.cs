using System.Net;
using System.Net.Sockets;

namespace Krait.Redis.Tests.Servers;

/// <summary>One connection through a <see cref="Proxy"/>. Thread-safe.</summary>
internal sealed class ProxyLink(TcpClient application) : IDisposable
{
    private readonly TcpClient _redis = new() { NoDelay = true };
    private volatile bool _hasSubscribed;
    private volatile bool _isDeaf;
    private volatile bool _isSwallowing;

    public void Deafen() => _isDeaf = _hasSubscribed;

    public void Swallow() => _isSwallowing = true;

    /// <summary>Carries what both sides send, until one of them closes.</summary>
    public async Task RunAsync(int port)
    {
        try
        {
            application.NoDelay = true;
            await _redis.ConnectAsync(IPAddress.Loopback, port);
            var there = CarryAsync(application, _redis, ToRedis);
            var back = CarryAsync(_redis, application, _ => !_isSwallowing && !_isDeaf);
            await await Task.WhenAny(there, back);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other has to see it, too.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        application.Dispose();
        _redis.Dispose();
    }

    private static async Task CarryAsync(TcpClient from, TcpClient to, Func<ReadOnlyMemory<byte>, bool> passes)
    {
        var buffer = new byte[16 * 1024];
        while (await from.GetStream().ReadAsync(buffer) is var length and > 0)
        {
            if (passes(buffer.AsMemory(0, length)))
                await to.GetStream().WriteAsync(buffer.AsMemory(0, length));
        }
    }

    private bool ToRedis(ReadOnlyMemory<byte> bytes)
    {
        _hasSubscribed |= bytes.Span.IndexOf("SUBSCRIBE"u8) >= 0;
        return !_isSwallowing;
    }
}
