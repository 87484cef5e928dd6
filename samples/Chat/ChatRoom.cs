using Krait;

namespace Chat;

/// <summary>A room: who is in it, and what was said last. Thread-safe.</summary>
/// <remarks>Events are told under the lock, which gives everybody the same order; telling never waits.</remarks>
public sealed class ChatRoom(string name, TimeProvider clock)
{
    public const int HistoryLength = 50;

    private readonly Lock gate = new();
    private readonly List<ChatMember> members = [];
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

    /// <summary>Lets somebody in, under the wished name or, if that is taken, under the name with a number.</summary>
    /// <param name="wish">The name wished for.</param>
    /// <param name="client">What leads to the client.</param>
    /// <param name="tooSlow">Called when the client has so much to read that an event had to be dropped.</param>
    public ChatMember Enter(string wish, IMessageSender<ChatEvent> client, Action tooSlow)
    {
        lock (gate)
        {
            var member = new ChatMember(this, FreeName(wish), client, tooSlow);
            members.Add(member);
            emptySince = null;
            member.Tell(ChatEvent.Welcome(member.Name, Names(), [.. history]));
            TellAll(ChatEvent.Entered(member.Name, Names()), except: member);
            return member;
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
            TellAll(ChatEvent.Said(line));
        }
    }

    internal void Leave(ChatMember member)
    {
        lock (gate)
        {
            if (!members.Remove(member))
                return;

            if (members.Count == 0)
                emptySince = clock.GetUtcNow();

            TellAll(ChatEvent.Left(member.Name, Names()));
        }
    }

    private void TellAll(ChatEvent happened, ChatMember? except = null)
    {
        foreach (var member in members)
        {
            if (member != except)
                member.Tell(happened);
        }
    }

    private string[] Names() => [.. members.Select(member => member.Name)];

    private string FreeName(string wish)
    {
        var free = wish;
        for (var number = 2; members.Any(member => member.Name.Equals(free, StringComparison.OrdinalIgnoreCase)); number++)
            free = $"{wish} {number}";

        return free;
    }
}
