using System.Buffers;
using System.Net;
using Krait.Sockets.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Krait.Sockets;

/// <summary>Listens for TCP on Linux. Kestrel's own transport takes all other end points.</summary>
internal sealed partial class SocketsListenerFactory : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    private readonly SocketsOptions _options;
    private readonly SocketTransportOptions _transport;
    private readonly ILogger _logger;
    private readonly MemoryPool<byte> _pool;
    private readonly Lock _lock = new();
    private LoopGroup? _loops;
    private bool _hasSaidFallback;

    public SocketsListenerFactory(
        IOptions<SocketsOptions> options,
        IOptions<SocketTransportOptions> transport,
        IServiceProvider services,
        ILogger<SocketsListenerFactory> logger)
    {
        (_options, _transport, _logger) = (options.Value, transport.Value, logger);
        _pool = services.GetService<IMemoryPoolFactory<byte>>()?.Create() ?? MemoryPool<byte>.Shared;
    }

    private bool IsSupported => OperatingSystem.IsLinux() && !_options.UseKestrelTransport;

    public bool CanBind(EndPoint endpoint)
    {
        if (IsSupported && endpoint is IPEndPoint)
            return true;

        lock (_lock)
        {
            if (!_hasSaidFallback)
                LogFallback(_logger, endpoint);

            _hasSaidFallback = true;
        }

        return false;
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new(new SocketsListener(endpoint, Loops(), _pool, _transport, _logger));

    public void Dispose()
    {
        lock (_lock)
            _loops?.Dispose();
    }

    private LoopGroup Loops()
    {
        lock (_lock)
            return _loops ??= new(_options.Loops, _logger);
    }

    [LoggerMessage(
        3,
        LogLevel.Information,
        "Krait.Sockets serves TCP on Linux only. Kestrel's own transport serves {EndPoint}, without a switch of threads.")]
    private static partial void LogFallback(ILogger logger, EndPoint endPoint);
}
