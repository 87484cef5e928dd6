using Krait.Transport;

namespace Krait.Rooms;

/// <summary>A connection that reads slowly: which of its memberships wait, and whether it takes anything at all. Guarded by the output's lock.</summary>
internal sealed class SlowReading(TimeProvider time, TransportOutput output)
{
    // A client for which as much waits as may is closed when it has taken nothing for so long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<Member> _waiting = [];
    private long _since;
    private long _sent = -1;
    private long _taken = -1;

    /// <summary>How many messages wait.</summary>
    public int Messages { get; private set; }

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Counts messages that begin to wait, or wait no more.</summary>
    public void Count(Member member, int more)
    {
        Messages += more;
        if (!member.HasBacklog || member.IsWaiting)
            return;

        member.IsWaiting = true;
        _waiting.Add(member);
    }

    /// <summary>Puts in line what waits, as far as there is room.</summary>
    /// <returns>The gaps that a handler has to hear of.</returns>
    public List<(Member Member, LostMessages Lost)>? Drain(RoomOutlet outlet)
    {
        List<(Member, LostMessages)>? gaps = null;
        foreach (var member in _waiting)
        {
            if (outlet.Drain(member) is { } gap)
                (gaps ??= []).Add((member, gap));

            member.IsWaiting = member.HasBacklog;
        }

        _waiting.RemoveAll(static member => !member.IsWaiting);
        return gaps;
    }

    /// <summary>Whether the client has taken something lately.</summary>
    public bool IsPatient()
    {
        if (output.Sent != _sent)
            Note(output.Peer?.Read().Taken ?? 0);
        else if (time.GetElapsedTime(_since) >= Patience && output.Peer?.Read().Taken is { } taken && taken != _taken)
            Note(taken); // asking the kernel is worth it only where the answer decides

        return time.GetElapsedTime(_since) < Patience;
    }

    private void Note(long taken)
    {
        _sent = output.Sent;
        _taken = taken;
        _since = time.GetTimestamp();
    }
}
