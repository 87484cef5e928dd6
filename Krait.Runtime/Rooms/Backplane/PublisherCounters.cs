using System.Runtime.InteropServices;

namespace Krait.Rooms;

/// <summary>The messages that were received from each publisher of a room. Not thread-safe.</summary>
/// <param name="time">The clock.</param>
/// <param name="age">
/// How long the engine keeps a message. Its publisher must be known for as long; else the message would come again.
/// </param>
internal sealed class PublisherCounters(TimeProvider time, TimeSpan age)
{
    private const int MostQuiet = 64;

    /// <summary>A publisher that was silent for longer has a new number when it sends again.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromHours(1);

    private readonly TimeSpan _longestSilence = LongestSilence + age;
    private readonly Dictionary<ulong, Heard> _heard = [];

    /// <summary>Whether a message was there already.</summary>
    public bool Has(in RoomEnvelope envelope) => IsUpTo(envelope.Publisher, envelope.Counter);

    /// <summary>Whether everything up to a counter was there already.</summary>
    public bool IsUpTo(ulong publisher, ulong counter) =>
        _heard.TryGetValue(publisher, out var heard) && heard.Counter >= counter;

    /// <summary>Whether anything of a publisher was there.</summary>
    public bool Knows(ulong publisher) => _heard.ContainsKey(publisher);

    /// <summary>Notes that a message has come.</summary>
    /// <returns>How many are missing before it; -1 if it was there already.</returns>
    public long Note(ulong publisher, ulong counter) => Pass(publisher, counter) - 1;

    /// <summary>Notes that everything up to a counter was sent.</summary>
    /// <returns>How many of it have not come, the last included. Of a new publisher only the last.</returns>
    public long Pass(ulong publisher, ulong counter)
    {
        ref var heard = ref CollectionsMarshal.GetValueRefOrAddDefault(_heard, publisher, out var isKnown);
        if (isKnown && heard.Counter >= counter)
            return 0;

        var missing = isKnown ? (long)(counter - heard.Counter) : 1;
        heard = new(counter, time.GetTimestamp());
        if (!isKnown && _heard.Count > MostQuiet)
            Forget();

        return missing;
    }

    private void Forget()
    {
        foreach (var (publisher, heard) in _heard)
        {
            if (time.GetElapsedTime(heard.Time) > _longestSilence)
                _heard.Remove(publisher);
        }
    }

    private readonly record struct Heard(ulong Counter, long Time);
}
