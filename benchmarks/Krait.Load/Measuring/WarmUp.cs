using System.Runtime;

namespace Krait.Load.Measuring;

/// <summary>Warms servers up, a slice of load each in turn, until the just-in-time compiler has nothing more to do.</summary>
/// <remarks>
/// A busy server on one processor gets its last code after ten seconds and more, since the compiler waits until little that is new is called, and has no
/// processor to itself. Before that, what is measured is mostly the code that gathers the profile.
/// </remarks>
/// <param name="limit">How long each is loaded at the most.</param>
/// <param name="servers">How many servers there are.</param>
/// <param name="compiled">How many methods they all have compiled.</param>
internal sealed class WarmUp(TimeSpan limit, int servers, Func<long> compiled)
{
    private const int QuietRounds = 5;

    // Timers and the like call something for the thirtieth time now and then.
    private const int NegligibleMethods = 2;

    private static readonly TimeSpan LongestSlice = TimeSpan.FromSeconds(1);

    private long _compiled = compiled();
    private TimeSpan _loaded;
    private int _quiet;

    /// <summary>How many methods this process has compiled, each again for each tier.</summary>
    public static long Compiled => JitInfo.GetCompiledMethodCount();

    /// <summary>How long to load each in a round.</summary>
    public TimeSpan Slice { get; } = limit < LongestSlice ? limit : LongestSlice;

    /// <summary>Whether another round is due; says on the error output how long it took if not.</summary>
    public bool IsDue()
    {
        if (_quiet < QuietRounds && _loaded < limit)
            return true;

        Console.Error.WriteLine($"Warm after {_loaded.TotalSeconds:F0} s each{(_quiet < QuietRounds ? ", with the compiler still busy" : "")}");
        return false;
    }

    /// <summary>Each has had its slice.</summary>
    public void RoundEnded()
    {
        var now = compiled();
        _quiet = now - _compiled <= NegligibleMethods * servers ? _quiet + 1 : 0;
        _compiled = now;
        _loaded += Slice;
    }
}
