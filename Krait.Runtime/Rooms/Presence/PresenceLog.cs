namespace Krait.Rooms;

/// <summary>The members of a room, and those that came and went lately. Not thread-safe.</summary>
/// <remarks>
/// An event with a number says that a member came or went. A reader that knows the members after one event gets the difference to
/// a later one from <see cref="Between"/>.
/// <code>
///   _before                                            Last
///      | Ann came | Bob came | Ann went | Eve came |
///      \ given up                       \ what a reader of event 3 has not seen
/// </code>
/// </remarks>
internal sealed class PresenceLog<TMember>
    where TMember : class
{
    private readonly Dictionary<string, PresentMember<TMember>> _present = new(StringComparer.Ordinal);
    private readonly List<PresentMember<TMember>> _events = []; // the index and _before give the number
    private long _before;
    private (long From, long To, PresenceChange<TMember>? Change) _last = (-1, -1, null); // most readers ask for the same

    /// <summary>The number of the last event.</summary>
    public long Last => _before + _events.Count;

    /// <summary>How many events are kept.</summary>
    public int Kept => _events.Count;

    /// <summary>The members by connection.</summary>
    public IReadOnlyDictionary<string, PresentMember<TMember>> Present => _present;

    /// <summary>Lists the members.</summary>
    public TMember[] List() => [.. _present.Values.Select(static present => present.Member)];

    /// <summary>Sets the member of a connection. Nothing happens if it is the same as before.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="member">The member.</param>
    /// <param name="isNews">Whether readers learn of it; else it counts as there from the beginning.</param>
    public void Set(string connection, PresentMember<TMember> member, bool isNews = true)
    {
        if (_present.TryGetValue(connection, out var before))
        {
            if (before.IsLike(member))
            {
                before.Server = member.Server;
                return;
            }

            Note(before, before.Left = Last + 1);
        }

        _present[connection] = member;
        if (isNews)
            Note(member, member.Joined = Last + 1);
    }

    /// <summary>Removes the member of a connection; false if there is none.</summary>
    public bool Remove(string connection)
    {
        if (!_present.Remove(connection, out var member))
            return false;

        Note(member, member.Left = Last + 1);
        return true;
    }

    /// <summary>The difference between the states after two events.</summary>
    /// <param name="from">The number of the earlier event; its followers are not given up yet.</param>
    /// <param name="to">The number of the later event.</param>
    /// <returns>Null if nothing is different.</returns>
    public PresenceChange<TMember>? Between(long from, long to)
    {
        if ((_last.From, _last.To) != (from, to))
            _last = (from, to, Compare(from, to));

        return _last.Change;
    }

    /// <summary>Whether the events after one are kept.</summary>
    public bool Knows(long number) => number >= _before;

    /// <summary>Gives up the events up to one.</summary>
    public void Forget(long number)
    {
        var count = (int)(number - _before);
        if (count <= 0)
            return;

        _events.RemoveRange(0, count);
        _before = number;
        _last = (-1, -1, null);
    }

    private void Note(PresentMember<TMember> member, long number)
    {
        System.Diagnostics.Debug.Assert(number == Last + 1, "Numbers have no gaps.");
        _events.Add(member);
    }

    private PresenceChange<TMember>? Compare(long from, long to)
    {
        List<TMember>? joined = null;
        List<TMember>? left = null;
        for (var number = from + 1; number <= to; number++)
        {
            var member = _events[(int)(number - _before - 1)];
            if (member.Joined == number && member.Left > to)
                (joined ??= []).Add(member.Member);
            else if (member.Left == number && member.Joined <= from)
                (left ??= []).Add(member.Member);
        }

        return joined is null && left is null ? null : new(joined ?? [], left ?? []);
    }
}
