using System.Collections.Concurrent;

namespace Krait.Rooms;

/// <summary>Sends the messages of one room to the other servers, in the order of the calls. Thread-safe.</summary>
/// <remarks>
/// The thread that finds no other one at work gives the engine its message and those that come in the meantime. So no lock is
/// held while the engine runs, and no sender waits for a round trip.
/// </remarks>
internal sealed class RoomPublisher(RoomChannel channel, BackplaneHub hub, RoomUnavailability whenUnavailable)
{
    private readonly ConcurrentQueue<Outgoing> _queue = new();
    private readonly ulong _publisher = BackplaneHub.NewPublisher();
    private ulong _counter;
    private int _waiting;
    private int _isClaimed;
    private long _used = hub.Time.GetTimestamp();

    /// <summary>Whether nothing was sent for a while, so that the publisher can be forgotten.</summary>
    /// <remarks>A thread may still send with it; then its messages and those of the next publisher have no order.</remarks>
    public bool IsQuiet(TimeSpan quiet) =>
        Volatile.Read(ref _waiting) == 0 && hub.Time.GetElapsedTime(Volatile.Read(ref _used)) > quiet;

    /// <summary>Lets the next heartbeat tell the other servers which messages were sent.</summary>
    public void Claim()
    {
        if (Interlocked.Exchange(ref _isClaimed, 1) == 0)
            hub.Claim(this);
    }

    /// <summary>Returns the claim for this heartbeat. Messages after this call belong to the next one.</summary>
    public PublishedClaim TakeClaim()
    {
        Interlocked.Exchange(ref _isClaimed, 0);
        return new(channel.Name, _publisher, Volatile.Read(ref _counter));
    }

    /// <summary>Sends a message, and does not wait.</summary>
    public void Send(byte[] envelope)
    {
        if (hub.Limits.TryEnter(envelope.Length))
            Post(new(envelope, null));
        else
            hub.Limits.CountFailed(TooMuch());
    }

    /// <summary>Sends a message, and completes when the engine has it.</summary>
    /// <exception cref="RoomUnavailableException">The engine does not have it, or may not have it.</exception>
    public Task SendAsync(byte[] envelope)
    {
        if (!hub.Limits.TryEnter(envelope.Length))
            return Task.FromException(TooMuch());

        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new(envelope, completion));
        return completion.Task;
    }

    private static RoomUnavailableException TooMuch() =>
        new("Too many messages are on their way to the other servers; the backplane is slower than the senders.");

    private void Post(in Outgoing message)
    {
        Volatile.Write(ref _used, hub.Time.GetTimestamp());
        _queue.Enqueue(message);
        if (Interlocked.Increment(ref _waiting) > 1)
            return;

        do
        {
            _queue.TryDequeue(out var next);
            var number = _counter + 1;
            RoomEnvelope.Number(next.Envelope, _publisher, number);
            Volatile.Write(ref _counter, number);
            Claim();
            _ = PublishAsync(next);
        }
        while (Interlocked.Decrement(ref _waiting) > 0);
    }

    private async Task PublishAsync(Outgoing message)
    {
        try
        {
            await hub.PublishAsync(channel, message.Envelope).ConfigureAwait(false);
            message.Completion?.SetResult();
        }
        catch (Exception e)
        {
            Fail(message, e);
        }
        finally
        {
            hub.Limits.Exit(message.Envelope.Length);
        }
    }

    private void Fail(Outgoing message, Exception why)
    {
        if (whenUnavailable == RoomUnavailability.LocalOnly)
            hub.Find(channel.Name)?.DeliverHere(message.Envelope);

        if (message.Completion is null)
            hub.Limits.CountFailed(why);
        else
            message.Completion.SetException(
                new RoomUnavailableException("The backplane did not take the message: " + why.Message, why));
    }

    private readonly record struct Outgoing(byte[] Envelope, TaskCompletionSource? Completion);
}
