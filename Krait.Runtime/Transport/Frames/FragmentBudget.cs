namespace Krait.Transport;

/// <summary>Checks the size of a message by the lengths that its frames declare, before it is buffered.</summary>
/// <remarks>
/// The first <see cref="FreeFragments"/> fragments cost their length. Every further one costs at least <see cref="LeastCost"/>
/// bytes, so that a flood of empty or tiny fragments becomes a message that is too large: no message has more than
/// <see cref="FreeFragments"/> + limit / <see cref="LeastCost"/> fragments. Mutable: keep it in a field.
/// </remarks>
/// <param name="limit">The largest message, in bytes.</param>
internal struct FragmentBudget(int limit)
{
    public const int FreeFragments = 256;
    public const int LeastCost = 16;

    private long _spent;
    private int _fragments;

    /// <summary>Starts a message.</summary>
    public void Reset()
    {
        _spent = 0;
        _fragments = 0;
    }

    /// <summary>Adds a fragment; false if the message is too large with it.</summary>
    public bool TryAdd(long declaredLength)
    {
        _fragments++;
        var cost = _fragments > FreeFragments ? Math.Max(declaredLength, LeastCost) : declaredLength;
        if (cost > limit - _spent)
            return false;

        _spent += cost;
        return true;
    }
}
