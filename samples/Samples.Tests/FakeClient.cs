using Krait;

namespace Samples.Tests;

/// <summary>A client that remembers the messages that it gets.</summary>
internal sealed class FakeClient<T> : IMessageSender<T>
{
    public List<T> Told { get; } = [];

    /// <summary>Whether the client reads so slowly that nothing more can be sent.</summary>
    public bool IsFull { get; set; }

    public string ConnectionId { get; } = Guid.NewGuid().ToString("n");

    public CancellationToken Stopping => CancellationToken.None;

    public ValueTask SendAsync(T message, CancellationToken cancellationToken = default) => throw new NotSupportedException("Who tells many never waits.");

    public bool TrySend(T message)
    {
        if (!IsFull)
            Told.Add(message);

        return !IsFull;
    }
}
