namespace Krait.Messaging;

/// <summary>
/// Limits the received messages that wait, by number and by bytes. Thread-safe; only one reader waits for room.
/// </summary>
/// <remarks>The lock is the object itself: a separate one would cost memory in each idle connection.</remarks>
internal sealed class ReceiveBudget(int capacity, int bufferSize)
{
    private TaskCompletionSource? _room;
    private int _count;
    private long _bytes;
    private bool _open;

    /// <summary>Adds a message that waits.</summary>
    public void Add(int bytes)
    {
        lock (this)
        {
            _count++;
            _bytes += bytes;
        }
    }

    /// <summary>Removes a message that no longer waits.</summary>
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

    /// <summary>Removes the limits, because messages that are read from now on are discarded.</summary>
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
