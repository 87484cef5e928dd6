using CsCheck;
using Krait.Rooms;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>A reader that knows the members at one time and gets the changes knows them at a later time.</summary>
public sealed class PresenceLogTests
{
    private readonly PresenceLog<Person> _log = new();

    [Fact]
    public void Somebody_who_came_and_left_meanwhile_is_in_neither_list()
    {
        Come("1", "Ann");
        _log.Remove("1");

        Assert.Null(_log.Between(0, _log.Last));
    }

    [Fact]
    public void Somebody_who_is_announced_with_another_value_left_with_the_old_and_joined_with_the_new()
    {
        Come("1", "Ann");
        var before = _log.Last;
        Come("1", "Anna");

        var change = _log.Between(before, _log.Last)!;

        Assert.Equal(["Anna"], Names(change.Joined));
        Assert.Equal(["Ann"], Names(change.Left));
    }

    [Fact]
    public void An_announcement_with_the_same_bytes_is_no_news()
    {
        _log.Set("1", new(new("Ann"), new byte[] { 1, 2 }) { Server = "a" });
        var before = _log.Last;
        _log.Set("1", new(new("Ann"), new byte[] { 1, 2 }) { Server = "b" });

        Assert.Equal(before, _log.Last);
        Assert.Equal("b", _log.Present["1"].Server);
    }

    [Fact]
    public void Readers_of_the_same_events_share_one_change()
    {
        Come("1", "Ann");

        Assert.Same(_log.Between(0, 1), _log.Between(0, 1));
    }

    [Fact]
    public void Members_that_were_there_from_the_beginning_are_not_told_but_their_leaving_is()
    {
        _log.Set("1", new(new("Ann"), default), isNews: false);
        Assert.Equal(0, _log.Last);

        _log.Remove("1");

        Assert.Equal(["Ann"], Names(_log.Between(0, 1)!.Left));
    }

    [Fact]
    public void Any_list_and_the_changes_after_it_give_the_later_list() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3]).Array[0, 60].Select(Gen.Int[0, 60], Gen.Int[0, 60]).Sample(
            (steps, one, other) => Holds(steps, Math.Min(one, other), Math.Max(one, other)));

    private static bool Holds((int Connection, int Value)[] steps, int from, int to)
    {
        var log = new PresenceLog<Person>();
        var states = new List<string[]> { Array.Empty<string>() };
        foreach (var (connection, value) in steps)
        {
            if (value == 0)
                log.Remove($"{connection}");
            else
                log.Set($"{connection}", new(new($"{connection}.{value}"), new byte[] { (byte)value }));

            while (states.Count <= log.Last)
                states.Add(null!); // a replacement is two events, and nobody asks for the state between them

            states[(int)log.Last] = [.. log.List().Select(static person => person.Name)];
        }

        var known = Enumerable.Range(0, states.Count).Where(number => states[number] is not null).ToList();
        var (first, last) = (known[Math.Min(from, known.Count - 1)], known[Math.Min(to, known.Count - 1)]);
        log.Forget(first);
        var change = log.Between(first, last) ?? new([], []);
        var told = states[first].ToList();
        return Names(change.Left).All(told.Remove) && told.Concat(Names(change.Joined)).Order().SequenceEqual(states[last].Order());
    }

    private static IEnumerable<string> Names(IEnumerable<Person> people) => people.Select(static person => person.Name);

    private void Come(string connection, string name) => _log.Set(connection, new(new(name), default));
}
