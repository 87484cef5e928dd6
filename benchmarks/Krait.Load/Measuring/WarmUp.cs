namespace Krait.Load.Measuring;

/// <summary>Warms servers up, a slice of load each in turn, until the just-in-time compiler has nothing more to do.</summary>
/// <remarks>
/// A busy server on one processor gets its last code after ten seconds and more, since the compiler waits until little that is new is called, and has no
/// processor to itself. Before that, what is measured is mostly the code that gathers the profile.
/// </remarks>
/// <param name="limit">How long each is loaded at the most.</param>
/// <param name="compiled">How many methods each process has compiled.</param>
internal sealed class WarmUp(TimeSpan limit, Func<IReadOnlyList<long>> compiled)
{
    private const int QuietRounds = 5;

    // Timers and the like call something for the thirtieth time now and then.
    private const int NegligibleMethods = 2;

    private static readonly TimeSpan LongestSlice = TimeSpan.FromSeconds(1);

    private IReadOnlyList<long> _compiled = compiled();
    private TimeSpan _loaded;
    private int _quiet;

    /// <summary>How long to load each in this round.</summary>
    public TimeSpan Slice => limit - _loaded < LongestSlice ? limit - _loaded : LongestSlice;

    /// <summary>Whether no other round is due.</summary>
    public bool IsOver => _quiet == QuietRounds || _loaded >= limit;

    /// <summary>Each has had its slice.</summary>
    public void EndRound()
    {
        _loaded += Slice;
        var now = compiled();
        _quiet = now.Zip(_compiled, static (after, before) => after - before).All(static count => count <= NegligibleMethods) ? _quiet + 1 : 0;
        _compiled = now;
        if (IsOver)
            Console.Error.WriteLine($"Warm after {_loaded.TotalSeconds:F0} s each{(_quiet > 0 ? "" : ", with the compiler still busy")}");
    }
}
