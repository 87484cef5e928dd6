using Krait;

namespace Chat;

/// <summary>A room: who is in it, and what was said last. Thread-safe.</summary>
/// <remarks>Events are sent under the lock, so that they come in the order in which they happened. Krait's room never waits for a client.</remarks>
public sealed class ChatRoom(string name, IRoom<ChatEvent> clients, TimeProvider clock)
{
    public const int HistoryLength = 50;

    private readonly Lock gate = new();
    private readonly List<string> names = [];
    private readonly Queue<ChatLine> history = new(HistoryLength);
    private DateTimeOffset? emptySince = clock.GetUtcNow();

    public string Name => name;

    /// <summary>When the last one left; null while somebody is here.</summary>
    public DateTimeOffset? EmptySince
    {
        get
        {
            lock (gate)
                return emptySince;
        }
    }

    /// <summary>Lets somebody in, under the wished name or, if that is taken, under the name with a number. The others are told.</summary>
    public ChatMember Enter(string wish, IMessageSender<ChatEvent> client)
    {
        lock (gate)
        {
            var name = FreeName(wish);
            names.Add(name);
            emptySince = null;
            clients.Send(ChatEvent.Entered(name, [.. names]));
            return new(this, name, clients.Join(client), ChatEvent.Welcome(name, [.. names], [.. history]));
        }
    }

    internal void Say(string speaker, string text)
    {
        lock (gate)
        {
            var line = new ChatLine(speaker, text, clock.GetUtcNow());
            if (history.Count == HistoryLength)
                history.Dequeue();

            history.Enqueue(line);
            clients.Send(ChatEvent.Said(line));
        }
    }

    internal void Leave(string member)
    {
        lock (gate)
        {
            if (!names.Remove(member))
                return;

            if (names.Count == 0)
                emptySince = clock.GetUtcNow();

            clients.Send(ChatEvent.Left(member, [.. names]));
        }
    }

    private string FreeName(string wish)
    {
        var free = wish;
        for (var number = 2; names.Contains(free, StringComparer.OrdinalIgnoreCase); number++)
            free = $"{wish} {number}";

        return free;
    }
}
