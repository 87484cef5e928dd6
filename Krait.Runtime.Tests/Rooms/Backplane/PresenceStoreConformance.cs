using System.Diagnostics;
using System.Text;

namespace Krait.Runtime.Tests.Rooms.Backplane;

/// <summary>The promises of an engine that keeps who is in rooms. Derive from it to hold an engine of your own to them.</summary>
public abstract class PresenceStoreConformance : EngineConformance
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private IPresenceStore Here => (IPresenceStore)First;

    private IPresenceStore There => (IPresenceStore)Second;

    private RoomChannel Channel => new(Name, null);

    [Fact]
    public async Task Every_server_lists_the_entries_of_another_one_at_once()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"), Entry("s1", "b", "Bob"));
        Assert.Equal(["s1/a Ann", "s1/b Bob"], await ListAsync(There));

        await WriteAsync(There, Entry("s2", "a", "Amy"));
        Assert.Equal(["s1/a Ann", "s1/b Bob", "s2/a Amy"], await ListAsync(Here));
    }

    [Fact]
    public async Task An_entry_is_replaced_by_a_later_one_of_the_same_server_and_connection()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"), Entry("s1", "b", "Bob"));

        await WriteAsync(Here, Entry("s1", "a", "Anna"));

        Assert.Equal(["s1/a Anna", "s1/b Bob"], await ListAsync(There));
    }

    [Fact]
    public async Task Any_server_can_remove_an_entry()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"), Entry("s1", "b", "Bob"));

        await WriteAsync(There, Entry("s1", "a", null));
        Assert.Equal(["s1/b Bob"], await ListAsync(Here));

        await WriteAsync(There, Entry("s1", "b", null), Entry("s1", "unknown", null));
        Assert.Empty(await ListAsync(Here));
    }

    [Fact]
    public async Task One_call_can_add_replace_and_remove()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"), Entry("s1", "b", "Bob"));

        await WriteAsync(Here, Entry("s1", "c", "Cid"), Entry("s1", "a", null), Entry("s1", "b", "Bill"));

        Assert.Equal(["s1/b Bill", "s1/c Cid"], await ListAsync(There));
    }

    [Fact]
    public async Task A_call_without_entries_changes_nothing()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"));

        await WriteAsync(Here);

        Assert.Equal(["s1/a Ann"], await ListAsync(There));
    }

    [Fact]
    public async Task A_channel_that_nobody_has_written_to_is_empty() => Assert.Empty(await ListAsync(Here));

    [Fact]
    public async Task The_entries_of_two_channels_are_apart()
    {
        var other = Channel with { Name = Name + "/other" };
        await WriteAsync(Here, Entry("s1", "a", "Ann"));
        await Here.WriteAsync(other, [Entry("s1", "a", "other")], Token);
        Assert.Equal(["s1/a Ann"], await ListAsync(There));

        await Here.WriteAsync(other, [Entry("s1", "a", null)], Token);

        Assert.Equal(["s1/a Ann"], await ListAsync(There));
    }

    [Theory]
    [InlineData("a b \"c\" 'd'")]
    [InlineData("{a}")]
    [InlineData("}a{")]
    [InlineData("{}")]
    [InlineData("a:b}:members")]
    [InlineData("a%2Fb/../c*?[d]\\")]
    [InlineData("Straße/日本/\U0001F40D")]
    public async Task Channels_may_have_any_name(string name)
    {
        var channel = Channel with { Name = $"{Name}/{name}" };
        await WriteAsync(Here, Entry("s1", "a", "Ann"));

        await Here.WriteAsync(channel, [Entry("s1", "a", "unusual"), Entry("s1", "b", "gone")], Token);
        await Here.WriteAsync(channel, [Entry("s1", "b", null)], Token);

        Assert.Equal(["s1/a unusual"], Show(await There.ListAsync(channel, Token)));
        Assert.Equal(["s1/a Ann"], await ListAsync(There));
    }

    [Fact]
    public async Task A_channel_with_history_keeps_entries_as_well()
    {
        var channel = Channel with { History = new(length: 10, age: Long) };
        await First.PublishAsync(channel, Encoding.UTF8.GetBytes("message"));

        await Here.WriteAsync(channel, [Entry("s1", "a", "Ann")], Token);

        Assert.Equal(["s1/a Ann"], Show(await There.ListAsync(channel, Token)));
        Assert.Single(await Second.ReadAsync(channel, null, 10, Token));
    }

    [Fact]
    public async Task Connections_and_servers_may_have_the_longest_ids()
    {
        var entry = Entry(new('S', 32), string.Concat(Enumerable.Repeat("aZ0-_-9b", 8)), "Ann");
        await WriteAsync(Here, entry);

        Assert.Equal(Show([entry]), await ListAsync(There));
    }

    [Fact]
    public async Task An_entry_without_bytes_is_an_entry()
    {
        await WriteAsync(Here, Entry("s1", "a", "Ann"), Entry("s1", "b", "Bob"));

        await WriteAsync(Here, Entry("s1", "a", ""));

        Assert.Equal(["s1/a ", "s1/b Bob"], await ListAsync(There));
    }

    [Fact]
    public async Task Any_bytes_are_kept_unchanged()
    {
        var bytes = Enumerable.Range(0, 70_000).Select(static i => (byte)(i * 7)).ToArray();

        await WriteAsync(Here, new PresenceEntry("s1", "a", bytes));

        Assert.Equal(bytes, Assert.Single(await There.ListAsync(Channel, Token)).Payload!.Value.ToArray());
    }

    [Fact]
    public async Task Ten_thousand_entries_are_written_and_removed_in_one_call_each()
    {
        var entries = Enumerable.Range(0, 10_000).Select(static i => Entry($"s{i % 3}", $"c{i}", $"member {i}")).ToArray();

        await WriteAsync(Here, entries);
        Assert.Equal(Show(entries), await ListAsync(There));

        await WriteAsync(There, [.. entries.Skip(1).Select(static entry => entry with { Payload = null })]);
        Assert.Equal(Show(entries[..1]), await ListAsync(Here));
    }

    [Fact]
    public async Task A_lease_that_nobody_has_begun_has_ended() =>
        Assert.Equal([Server("a"), Server("b")], await There.FindEndedAsync([Server("a"), Server("b")], Token));

    [Fact]
    public async Task A_lease_is_new_when_it_begins_and_valid_when_it_is_renewed()
    {
        Assert.False(await Here.RenewAsync(Server("a"), Long, Token));
        Assert.True(await Here.RenewAsync(Server("a"), Long, Token));
        Assert.False(await Here.RenewAsync(Server("b"), Long, Token));
        Assert.True(await There.RenewAsync(Server("a"), Long, Token));
    }

    [Fact]
    public async Task Only_the_lease_that_is_not_renewed_ends()
    {
        await Here.RenewAsync(Server("renewed"), Short, Token);
        await Here.RenewAsync(Server("left"), Short, Token);
        await Here.RenewAsync(Server("renewed"), Long, Token);

        var ended = await WhenEndedAsync(Server("renewed"), Server("left"));

        Assert.Equal([Server("left")], ended);
    }

    [Fact]
    public async Task A_lease_does_not_end_before_its_time()
    {
        var clock = Stopwatch.StartNew();
        await Here.RenewAsync(Server("a"), Short, Token);

        await WhenEndedAsync(Server("a"));

        Assert.InRange(clock.Elapsed, Short * 0.9, Patience); // the clock of the engine may be another one
    }

    [Fact]
    public async Task A_lease_that_has_ended_begins_again_when_it_is_renewed()
    {
        await Here.RenewAsync(Server("a"), Short, Token);
        await WhenEndedAsync(Server("a"));

        Assert.False(await Here.RenewAsync(Server("a"), Long, Token));

        Assert.Empty(await There.FindEndedAsync([Server("a")], Token));
        Assert.True(await Here.RenewAsync(Server("a"), Long, Token));
    }

    [Fact]
    public async Task Of_many_servers_those_whose_leases_have_ended_are_found()
    {
        var servers = Enumerable.Range(0, 100).Select(i => Server($"{i}")).ToList();
        var alive = servers.Where(static (_, i) => i % 3 == 0).ToList();
        foreach (var server in alive)
            await Here.RenewAsync(server, Long, Token);

        Assert.Equal(servers.Except(alive), await There.FindEndedAsync(servers, Token));
    }

    private static PresenceEntry Entry(string server, string connection, string? member) =>
        new(server, connection, member is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(member));

    private static string[] Show(IEnumerable<PresenceEntry> entries) =>
        [.. entries.Select(static entry => $"{entry.Server}/{entry.Connection} {Text(entry)}").Order(StringComparer.Ordinal)];

    private static string Text(PresenceEntry entry) =>
        entry.Payload is { } payload ? Encoding.UTF8.GetString(payload.Span) : "has no payload";

    private Task WriteAsync(IPresenceStore store, params PresenceEntry[] entries) =>
        store.WriteAsync(Channel, entries, Token).AsTask();

    private async Task<string[]> ListAsync(IPresenceStore store) => Show(await store.ListAsync(Channel, Token));

    /// <summary>A server that no other test has. Servers have leases of their own, not of a channel.</summary>
    private string Server(string name) => $"{Name[5..21]}{name}";

    /// <summary>Waits until the lease of at least one of the servers has ended, and returns which.</summary>
    private async Task<IReadOnlyList<string>> WhenEndedAsync(params string[] servers)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await There.FindEndedAsync(servers, Token) is { Count: > 0 } ended)
                return ended;

            await Task.Delay(10, deadline.Token);
        }
    }
}
