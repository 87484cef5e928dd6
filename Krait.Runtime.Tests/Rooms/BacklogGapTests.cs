using Krait.Rooms;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Gaps of a member that takes nothing must not need memory without end.</summary>
public sealed class BacklogGapTests
{
    private readonly Backlog _backlog = new();

    [Fact]
    public void Gaps_next_to_each_other_are_one_with_the_sum_of_what_is_missing()
    {
        _backlog.AddGap(2, default);
        _backlog.DropNewest(default);
        _backlog.AddGap(3, default);

        Assert.Equal([6], Gaps());
    }

    [Fact]
    public void A_gap_of_unknown_size_makes_those_next_to_it_unknown()
    {
        for (var i = 0; i < 10; i++)
        {
            _backlog.AddGap(0, default);
            _backlog.DropNewest(default);
            _backlog.AddGap(2, default);
        }

        Assert.Equal([Backlog.Unknown], Gaps());
    }

    [Fact]
    public void Gaps_become_one_when_the_messages_between_them_are_dropped()
    {
        for (var i = 0; i < 100; i++)
        {
            _backlog.AddGap(i % 2, default);
            _backlog.Add(new(Encoded.Create<Shout>(new Note("a")), default), 1, mayBeDropped: true);
            _backlog.TryDropOldest(default);
        }

        Assert.InRange(Gaps().Count, 1, 8); // the smallest ring: before it is full, nothing has to be merged
    }

    [Fact]
    public void A_gap_tells_when_the_first_message_was_missing()
    {
        _backlog.AddGap(1, DateTimeOffset.UnixEpoch);
        _backlog.AddGap(1, DateTimeOffset.UnixEpoch.AddDays(1));

        _backlog.Take(out _, out _, out var since);

        Assert.Equal(DateTimeOffset.UnixEpoch, since);
    }

    private List<long> Gaps()
    {
        var gaps = new List<long>();
        while (!_backlog.IsEmpty)
        {
            _backlog.Take(out _, out var lost, out _);
            gaps.Add(lost);
        }

        return gaps;
    }
}
