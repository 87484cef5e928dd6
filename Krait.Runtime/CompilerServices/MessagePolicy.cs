using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>What a room does with one message for a member that reads too slowly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessagePolicy
{
    private MessagePolicy(SlowReaderPolicy policy, int type = 0, object? key = null)
    {
        Policy = policy;
        Key = key is null ? default : new(type, key);
    }

    internal SlowReaderPolicy Policy { get; }

    /// <summary>What a message is replaced by; only of <see cref="SlowReaderPolicy.Conflate"/>.</summary>
    internal ConflationKey Key { get; }

    /// <summary>A policy without a key.</summary>
    public static MessagePolicy Of(SlowReaderPolicy policy) => new(policy);

    /// <summary>
    /// Conflates messages of one type by a key. A message whose key is null is treated as
    /// <see cref="SlowReaderPolicy.DropOldest"/>.
    /// </summary>
    /// <param name="type">Tells the types of messages apart.</param>
    /// <param name="key">Compares by value.</param>
    public static MessagePolicy Conflate<TKey>(int type, TKey? key) =>
        key is null ? new(SlowReaderPolicy.DropOldest) : new(SlowReaderPolicy.Conflate, type, key);
}

/// <summary>Tells which waiting message a newer one replaces.</summary>
internal readonly record struct ConflationKey(int Type, object Key);
