using System.Collections.Concurrent;
using System.Text;

namespace Krait.Redis.Tests.Servers;

/// <summary>Keeps what an engine delivers.</summary>
internal sealed class CollectingSink : IBackplaneSink
{
    private readonly ConcurrentQueue<BackplaneMessage> _messages = new();
    private int _catchUps;

    public IReadOnlyList<BackplaneMessage> Messages => [.. _messages];

    public int Count => _messages.Count;

    public IEnumerable<string> Texts => _messages.Select(static message => Encoding.UTF8.GetString(message.Payload.Span));

    public int CatchUps => Volatile.Read(ref _catchUps);

    public void Deliver(BackplaneMessage message) => _messages.Enqueue(message);

    public void CatchUp() => Interlocked.Increment(ref _catchUps);
}
