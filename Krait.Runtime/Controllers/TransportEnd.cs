using Krait.Transport;

namespace Krait.Controllers;

/// <summary>
/// The end of a transport: disposed once its reader has returned, which a handler that blocks the reader's thread delays.
/// </summary>
internal sealed class TransportEnd(MessageTransport transport, Task<TransportRead> reading)
{
    private Task _disposing = Task.CompletedTask;

    /// <summary>Starts disposing the transport as soon as nobody reads from it any more.</summary>
    public void Begin(Func<Func<ValueTask>, Task> dispose) => _disposing = BeginAsync(dispose);

    /// <summary>
    /// Waits until the transport is disposed; does not wait for a handler that was left behind, but breaks what it may wait for.
    /// </summary>
    public Task FinishAsync(bool leftBehind)
    {
        if (!leftBehind)
            return _disposing;

        transport.Abort();
        return Task.CompletedTask;
    }

    private async Task BeginAsync(Func<Func<ValueTask>, Task> dispose)
    {
        await reading.ConfigureAwait(false);
        await dispose(transport.DisposeAsync).ConfigureAwait(false);
    }
}
