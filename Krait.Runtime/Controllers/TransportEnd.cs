using Krait.Transport;

namespace Krait.Controllers;

/// <summary>
/// The end of a transport: disposed once its reader has returned, which a handler that blocks the reader's thread delays.
/// </summary>
internal sealed class TransportEnd(MessageTransport transport, Task<TransportRead> reading)
{
    private Task _disposing = Task.CompletedTask;

    /// <summary>Disposes the transport as soon as its reader has returned. Does not wait.</summary>
    public void Begin(Func<Func<ValueTask>, Task> dispose) => _disposing = BeginAsync(dispose);

    /// <summary>
    /// Waits until the transport is disposed. Does not wait for an abandoned handler, but breaks the connection under it.
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
