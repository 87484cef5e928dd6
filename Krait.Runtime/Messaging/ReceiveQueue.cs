using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Krait.Messaging;

/// <summary>The messages that a controller in Queue delivery pulls. Thread-safe for any number of readers.</summary>
/// <remarks>
/// After the queue is completed, a reader that comes back and finds it empty has handled all messages:
/// <see cref="EndSeen"/>.
/// </remarks>
internal sealed class ReceiveQueue<T>(ReceiveBudget budget) : ChannelReader<T>, IReceiveQueue
{
    private readonly Channel<Entry> _channel = Channel.CreateUnbounded<Entry>(new() { SingleWriter = true });
    private readonly TaskCompletionSource _endSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Emptied => Completion;

    public Task EndSeen => _endSeen.Task;

    public override Task Completion => _channel.Reader.Completion;

    public override bool CanCount => true;

    public override int Count => _channel.Reader.Count;

    public override bool CanPeek => true;

    public void Write(T message, int bytes)
    {
        budget.Add(bytes);
        _channel.Writer.TryWrite(new(message, bytes));
    }

    public void Complete() => _channel.Writer.TryComplete();

    public override bool TryRead([MaybeNullWhen(false)] out T item)
    {
        // Check this before reading: if the queue completes in between, the next call ends.
        var completed = Completion.IsCompleted;
        if (_channel.Reader.TryRead(out var entry))
        {
            budget.Remove(entry.Bytes);
            item = entry.Message;
            return true;
        }

        if (completed)
            _endSeen.TrySetResult();

        item = default;
        return false;
    }

    public override bool TryPeek([MaybeNullWhen(false)] out T item)
    {
        var found = _channel.Reader.TryPeek(out var entry);
        item = entry.Message;
        return found;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        var waiting = _channel.Reader.WaitToReadAsync(cancellationToken);
        if (!waiting.IsCompletedSuccessfully)
            return Awaited(waiting);

        return new(Seen(waiting.Result));
    }

    private async ValueTask<bool> Awaited(ValueTask<bool> waiting) => Seen(await waiting.ConfigureAwait(false));

    private bool Seen(bool more)
    {
        if (!more)
            _endSeen.TrySetResult();

        return more;
    }

    private readonly record struct Entry(T Message, int Bytes);
}

/// <summary>A queue of received messages, whatever their type.</summary>
internal interface IReceiveQueue
{
    /// <summary>Completes when the queue is complete and every message was taken.</summary>
    Task Emptied { get; }

    /// <summary>Completes when a reader has seen the end of the queue.</summary>
    Task EndSeen { get; }

    /// <summary>Completes the queue: no more messages will come.</summary>
    void Complete();
}
