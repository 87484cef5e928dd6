namespace Krait.Transport;

/// <summary>Ends the stream or socket below a transport.</summary>
/// <remarks>
/// After it was disposed, aborting does nothing: the server may already use the same request object for another client.
/// </remarks>
/// <param name="carrier">The upgraded stream, or the WebSocket.</param>
/// <param name="abort">Breaks the connection so that pending reads and writes end.</param>
internal sealed class TransportCarrier(IDisposable carrier, Action abort) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private bool _isOver;

    public void Abort()
    {
        lock (_lock)
        {
            if (_isOver)
                return;

            _isOver = true;
            abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
            _isOver = true;

        if (carrier is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            carrier.Dispose();
    }
}
