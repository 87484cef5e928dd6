using System.Buffers;
using System.Diagnostics;

namespace Krait.Transport;

/// <summary>A pooled array that is shared by the reader of a connection and the payloads detached from it.</summary>
/// <remarks>Every holder disposes it exactly once, on any thread; the last one gives the array back.</remarks>
internal sealed class ReceiveBuffer : IDisposable
{
    private const int Returned = 0;
    private const int Returning = -1;

    private byte[] _array;
    private int _holders = 1;

    public ReceiveBuffer(int size) => _array = ArrayPool<byte>.Shared.Rent(size);

    public byte[] Array => _array;

    /// <summary>Whether there are holders besides the reader. Call it only in the reader: false then stays false.</summary>
    public bool IsShared => Volatile.Read(ref _holders) > 1;

    /// <summary>Adds a holder. The caller is one.</summary>
    public void Hold()
    {
        Debug.Assert(Volatile.Read(ref _holders) > Returned, "Only a holder may add another.");
        Interlocked.Increment(ref _holders);
    }

    /// <summary>Adds a holder, unless all have left.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return true;

            holders = seen;
        }

        return false;
    }

    /// <summary>Takes a new array if all holders have left; false if the last one is just leaving.</summary>
    public bool TryRenew(int size)
    {
        if (Volatile.Read(ref _holders) != Returned)
            return false;

        _array = ArrayPool<byte>.Shared.Rent(size);
        Volatile.Write(ref _holders, 1);
        return true;
    }

    /// <summary>Moves the bytes in use to the front of another array. The caller is the only holder.</summary>
    public void Replace(int size, int start, int length)
    {
        Debug.Assert(Volatile.Read(ref _holders) == 1, "Another holder still reads the array.");
        var array = ArrayPool<byte>.Shared.Rent(size);
        _array.AsSpan(start, length).CopyTo(array);
        ArrayPool<byte>.Shared.Return(_array);
        _array = array;
    }

    /// <summary>Removes a holder.</summary>
    /// <exception cref="InvalidOperationException">All holders have left already.</exception>
    public void Dispose()
    {
        for (var holders = Volatile.Read(ref _holders); ;)
        {
            if (holders <= Returned)
                throw new InvalidOperationException("The buffer was disposed more often than it was held.");

            var left = holders > 1 ? holders - 1 : Returning;
            var seen = Interlocked.CompareExchange(ref _holders, left, holders);
            if (seen == holders)
            {
                if (left == Returning)
                    Return();

                return;
            }

            holders = seen;
        }
    }

    // An idle connection keeps this object, and must not keep the array alive with it.
    private void Return()
    {
        Debug.Assert(Volatile.Read(ref _holders) == Returning, "Only the last holder returns the array.");
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
        Volatile.Write(ref _holders, Returned);
    }
}
