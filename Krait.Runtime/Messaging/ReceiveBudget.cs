namespace Krait.Messaging;

/// <summary>
/// How much received messages may wait: in messages and in bytes, whichever fills first. Thread-safe; one reader waits for room.
/// </summary>
/// <remarks>The lock is the object's own, which nobody else sees: each idle connection has one.</remarks>
internal sealed class ReceiveBudget(int capacity, int bufferSize)
{
    private TaskCompletionSource? _room;
    private int _count;
    private long _bytes;
    private bool _open;

    /// <summary>A message waits.</summary>
    public void Add(int bytes)
    {
        lock (this)
        {
            _count++;
            _bytes += bytes;
        }
    }

    /// <summary>A message waits no longer.</summary>
    public void Remove(int bytes)
    {
        lock (this)
        {
            _count--;
            _bytes -= bytes;
            if (HasRoom)
                _room?.TrySetResult();
        }
    }

    /// <summary>Completes when another message may be read.</summary>
    public ValueTask WaitForRoomAsync()
    {
        lock (this)
        {
            if (HasRoom)
                return default;

            _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return new(_room.Task);
        }
    }

    /// <summary>There is room for ever: what is read from now on is discarded.</summary>
    public void Lift()
    {
        lock (this)
        {
            _open = true;
            _room?.TrySetResult();
        }
    }

    private bool HasRoom => _open || (_count < capacity && _bytes < bufferSize);
}
