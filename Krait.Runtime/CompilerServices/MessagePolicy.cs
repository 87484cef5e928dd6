using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>The policy of one message for members that read too slowly.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessagePolicy
{
    private MessagePolicy(SlowReaderPolicy policy, int type = 0, object? key = null)
    {
        Policy = policy;
        Key = key is null ? default : new(type, key);
    }

    internal SlowReaderPolicy Policy { get; }

    /// <summary>The key by which a newer message replaces this one; only for <see cref="SlowReaderPolicy.Conflate"/>.</summary>
    internal ConflationKey Key { get; }

    /// <summary>A policy without a key.</summary>
    public static MessagePolicy Of(SlowReaderPolicy policy) => new(policy);

    /// <summary>
    /// Conflates messages of one type by a key. A message whose key is null is treated as
    /// <see cref="SlowReaderPolicy.DropOldest"/>.
    /// </summary>
    /// <param name="type">A number for the type of the message.</param>
    /// <param name="key">The key; Krait compares it by value.</param>
    public static MessagePolicy Conflate<TKey>(int type, TKey? key) =>
        key is null ? new(SlowReaderPolicy.DropOldest) : new(SlowReaderPolicy.Conflate, type, key);
}

/// <summary>Tells which waiting message a newer one replaces.</summary>
internal readonly record struct ConflationKey(int Type, object Key);
