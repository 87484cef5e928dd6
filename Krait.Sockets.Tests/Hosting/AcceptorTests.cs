using System.Net.Sockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Sockets.Tests.Hosting;

/// <summary>Accepting, when the kernel does not give a socket.</summary>
public sealed class AcceptorTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CollectedLogs _logs = new();
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private int _attempts;
    private int _failures;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _socket.Dispose();

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets)]
    [InlineData(SocketError.NoBufferSpaceAvailable)]
    public async Task Without_descriptors_it_tries_again_after_100_ms(SocketError error)
    {
        var accepted = Acceptor(failures: 1, error).AcceptAsync(Ct).AsTask();

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal((1, false), (_attempts, accepted.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Same(_socket, await accepted.InTime());
    }

    [Fact]
    public async Task A_shortage_is_logged_once_a_minute()
    {
        var acceptor = Acceptor(failures: 0, SocketError.TooManyOpenSockets);
        foreach (var pause in new[] { 0, 1, 58, 2 }) // seconds
        {
            _time.Advance(TimeSpan.FromSeconds(pause));
            _failures = _attempts + 1;
            var accepted = acceptor.AcceptAsync(Ct).AsTask();
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.Same(_socket, await accepted.InTime());
        }

        Assert.Equal(2, _logs.Entries.Count);
        Assert.All(_logs.Entries, static entry => Assert.Contains("ulimit -n", entry.Message));
    }

    [Fact]
    public async Task A_client_that_has_gone_is_skipped_at_once()
    {
        Assert.Same(_socket, await Acceptor(failures: 2, SocketError.ConnectionReset).AcceptAsync(Ct));

        Assert.Empty(_logs.Entries);
    }

    [Fact]
    public async Task A_closed_listener_ends_it() =>
        Assert.Null(await Acceptor(failures: 1, SocketError.OperationAborted).AcceptAsync(Ct));

    [Fact]
    public async Task The_pause_ends_when_the_listener_stops()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var accepted = Acceptor(failures: 1, SocketError.TooManyOpenSockets).AcceptAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepted.InTime());
    }

    private Acceptor Acceptor(int failures, SocketError error)
    {
        _failures = failures;
        return new(
            _ => ++_attempts > _failures ? new(_socket) : ValueTask.FromException<Socket>(new SocketException((int)error)),
            _time,
            LoggerFactory.Create(logging => logging.AddProvider(_logs)).CreateLogger("accepting"));
    }
}
