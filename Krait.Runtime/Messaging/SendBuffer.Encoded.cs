namespace Krait.Messaging;

/// <content>Messages that encode themselves: before the lock is taken, so that no codec runs under it; then they are sent as all others.</content>
internal sealed partial class SendBuffer<T>
{
    /// <summary>Appends a message if that needs no waiting.</summary>
    /// <exception cref="InvalidOperationException">The message exists for another subprotocol only.</exception>
    public bool TrySend(IEncodedMessage message, string? protocol)
    {
        if (!IsOpen)
            return false;

        var bytes = message.For(encoder, protocol);
        lock (transport.OutputLock)
        {
            if (_state != SendBufferState.Open || !HasRoom)
                return false;

            Append(bytes, MayCompress(message));
        }

        Flush();
        return true;
    }

    /// <summary>Appends a message when there is room for it.</summary>
    /// <exception cref="ConnectionClosedException">The buffer is closed.</exception>
    /// <exception cref="InvalidOperationException">The message exists for another subprotocol only.</exception>
    public ValueTask SendAsync(IEncodedMessage message, string? protocol, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        try
        {
            return IsOpen && message.For(encoder, protocol) is { } bytes && TryAppend(bytes, MayCompress(message), out var waiter)
                ? waiter is null ? default : new(WaitAsync(waiter, cancellationToken))
                : Refuse();
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e); // what Encode throws
        }
    }

    private bool TryAppend(EncodedBytes bytes, bool compress, out Waiter? waiter)
    {
        waiter = null;
        lock (transport.OutputLock)
        {
            if (_state != SendBufferState.Open)
                return false;

            if (HasRoom)
                Append(bytes, compress);
            else
                PutInLine(waiter = new(default, bytes, compress));
        }

        if (waiter is null)
            Flush();

        return true;
    }

    // Of bytes from elsewhere nobody knows whether they hold a secret.
    private bool MayCompress(IEncodedMessage message) => isUncompressed is null || (message.Content is T content && !isUncompressed(content));

    private ValueTask Refuse()
    {
        lock (transport.OutputLock)
            return _state == SendBufferState.Closed ? ValueTask.FromException(_closed!()) : GoNowhereAsync();
    }

    private void Append(Waiter waiter)
    {
        if (waiter.Bytes is not null)
            Append(waiter.Bytes, waiter.Compress);
        else
            Append(waiter.Message!);
    }

    private void Append(EncodedBytes bytes, bool compress)
    {
        if (_encoding)
            throw SentWhileEncoding();

        var output = transport.BeginMessage();
        try
        {
            output.WriteWhole(bytes.Payload.Span);
            transport.CompleteMessage(bytes.Type, compress);
        }
        catch
        {
            transport.DiscardMessage(); // memory of others may be gone
            throw;
        }
    }
}
