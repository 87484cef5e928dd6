using Chat;
using Krait;

namespace Samples.Tests;

/// <summary>A client of the chat that remembers what it was told.</summary>
internal sealed class FakeClient : IMessageSender<ChatEvent>
{
    public List<ChatEvent> Told { get; } = [];

    /// <summary>Whether the client reads so slowly that nothing more can be sent.</summary>
    public bool IsFull { get; set; }

    /// <summary>How often the room complained that the client is too slow.</summary>
    public int Complaints { get; private set; }

    public string ConnectionId { get; } = Guid.NewGuid().ToString("n");

    public CancellationToken Stopping => CancellationToken.None;

    public ChatMember Enter(ChatRooms rooms, string room, string name) => rooms.Enter(room, name, this, () => Complaints++);

    public ValueTask SendAsync(ChatEvent message, CancellationToken cancellationToken = default) => throw new NotSupportedException("A room never waits.");

    public bool TrySend(ChatEvent message)
    {
        if (!IsFull)
            Told.Add(message);

        return !IsFull;
    }
}
