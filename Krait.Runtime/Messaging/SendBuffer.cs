using Krait.Telemetry;
using Krait.Telemetry.Traffic;
using Krait.Transport;

namespace Krait.Messaging;

/// <summary>The messages that wait for the transport: in order, and limited in bytes.</summary>
/// <remarks>
/// Thread-safe. The sender encodes first, on its own thread and without a lock; the order is that of the calls. There is room
/// while no sender waits and fewer than <paramref name="capacity"/> bytes are buffered. These are the frames in line, references
/// to shared messages at the size of their frame, and bytes that are compressed or with the carrier, which has not taken them
/// yet. So one message may overshoot. A sender that finds no room waits its turn in a <see cref="SendLine"/>. All state is
/// guarded by the transport's output lock.
/// </remarks>
/// <param name="transport">The transport that sends.</param>
/// <param name="encoder">The encoder of the messages.</param>
/// <param name="capacity">In bytes.</param>
/// <param name="rules">The rules for types of messages; null if there are none.</param>
/// <param name="telemetry">Counts the messages; null if they are not counted.</param>
internal sealed class SendBuffer<T>(
    MessageTransport transport,
    IMessageEncoder<T> encoder,
    int capacity,
    SendRules<T>? rules = null,
    MessageTelemetry<T>? telemetry = null) : IEndingSends, IOutputObserver
{
    private volatile SendLine? _line; // made when there is no room for the first time
    private volatile SendBufferState _state;
    private Func<ConnectionClosedException>? _closed;

    /// <summary>Whether messages can still reach the client.</summary>
    public bool IsOpen => _state == SendBufferState.Open && !transport.OutputCompletion.IsCompleted;

    public int Capacity => capacity;

    public IMessageEncoder<T> Encoder => encoder;

    /// <summary>Logs the messages; null if they are not logged. Set it before the first message.</summary>
    public SentTraffic<T>? Traffic { get; set; }

    /// <summary>Whether messages are counted.</summary>
    public bool Counts => telemetry is { Counts: true };

    private bool MeasuresWaits => telemetry is { MeasuresWaits: true };

    public SendRules<T>? Rules => rules;

    /// <summary>Sends a message if it does not have to wait.</summary>
    public bool TrySend(T message)
    {
        if (!IsOpen || transport.BufferedBytes >= capacity)
            return false; // before anything is encoded

        using var frame = Encode(message);
        var line = Traffic?.Describe(message, frame);
        if (!TryPut(frame))
            return false;

        Count(message, frame.Length);
        Log(line);
        return true;
    }

    /// <inheritdoc cref="TrySend(T)"/>
    /// <exception cref="InvalidOperationException">The message exists for another subprotocol only.</exception>
    public bool TrySend(IEncodedMessage message, string? protocol)
    {
        if (!IsOpen)
            return false;

        using var frame = Find(message, protocol);
        var line = Traffic?.Describe(message, frame);
        if (!TryPut(frame))
            return false;

        CountEncoded(message, frame.Length);
        Log(line);
        return true;
    }

    /// <summary>Sends a message when there is room for it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <param name="isReply">Whether it may wait for the other replies of a batch.</param>
    /// <exception cref="ConnectionClosedException">The buffer is closed.</exception>
    /// <exception cref="InvalidOperationException">Too many messages or bytes are already in line.</exception>
    public ValueTask SendAsync(T message, CancellationToken cancellationToken, bool isReply = false)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        if (!IsOpen)
            return Refuse();

        try
        {
            using var frame = Encode(message);
            var line = Traffic?.Describe(message, frame);
            var sending = PutAsync(frame, isReply, cancellationToken, out var waits);
            if (!sending.IsFaulted)
            {
                Count(message, frame.Length);
                Log(line);
            }

            return waits && MeasuresWaits ? telemetry!.MeasureWait(sending, telemetry.CaseOf(message)) : sending;
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e); // the exception of Encode, or of the line
        }
    }

    /// <inheritdoc cref="SendAsync(T, CancellationToken, bool)"/>
    public ValueTask SendAsync(IEncodedMessage message, string? protocol, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        if (!IsOpen)
            return Refuse();

        try
        {
            using var frame = Find(message, protocol);
            var line = Traffic?.Describe(message, frame);
            var sending = PutAsync(frame, isReply: false, cancellationToken, out var waits);
            if (!sending.IsFaulted)
            {
                CountEncoded(message, frame.Length);
                Log(line);
            }

            return waits && MeasuresWaits
                ? telemetry!.MeasureWait(sending, telemetry.CaseOfAny(message.Content))
                : sending;
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e); // the exception of Encode, or of the line
        }
    }

    /// <summary>Counts a message that encodes itself, if messages are counted.</summary>
    public void CountEncoded(IEncodedMessage message, int frameLength)
    {
        if (Counts)
            telemetry!.CountAny(message.Content, FrameSizes.PayloadOf(frameLength));
    }

    /// <summary>Sends waiting messages as soon as the transport has room.</summary>
    public void OutputAdvanced()
    {
        if (_line is null)
            return; // no message has ever waited; one that begins to wait now checks for room again

        var leaves = false;
        lock (transport.OutputLock)
        {
            // After the connection is lost, free room means nothing: Close completes the waiting messages.
            if (_line is null or { IsEmpty: true } || transport.OutputCompletion.IsCompleted)
                return;

            while (transport.BufferedBytes < capacity && _line.TakeFirst() is { } waiter)
            {
                waiter.AppendTo(transport);
                leaves = true;
            }

            leaves = leaves && transport.Leaves(mayWait: false);
        }

        if (leaves)
            transport.Send();
    }

    public void Discard()
    {
        lock (transport.OutputLock)
        {
            if (_state != SendBufferState.Open)
                return;

            _state = SendBufferState.Discarding;
            ReleaseLine(static waiter => waiter.Complete());
        }
    }

    public void Close(Func<ConnectionClosedException> closed)
    {
        lock (transport.OutputLock)
        {
            if (_state == SendBufferState.Closed)
                return;

            _closed = closed;
            _state = SendBufferState.Closed;
            ReleaseLine(waiter => waiter.Fail(closed()));
        }
    }

    private void Log(TrafficLine? line)
    {
        if (line is { } known)
            Traffic!.Sent(known);
    }

    private void Count(T message, int frameLength)
    {
        if (Counts)
            telemetry!.Count(telemetry.CaseOf(message), FrameSizes.PayloadOf(frameLength));
    }

    // A loop that sends to a client that has closed would keep its thread busy without effect.
    private static async ValueTask GoNowhereAsync() => await Task.Yield();

    private bool HasRoom => _line is null or { IsEmpty: true } && transport.BufferedBytes < capacity;

    private OutgoingFrame Encode(T message) =>
        OutgoingFrame.Encode(encoder, message, transport.MarksCompressible && rules?.IsUncompressed?.Invoke(message) != true);

    private OutgoingFrame Find(IEncodedMessage message, string? protocol) =>
        new(message.For(encoder, protocol), rules?.MayCompress(message) != false);

    private bool TryPut(in OutgoingFrame frame)
    {
        bool leaves;
        lock (transport.OutputLock)
        {
            if (!IsOpen || !HasRoom)
                return false;

            leaves = Append(frame, isReply: false);
        }

        if (leaves)
            transport.Send();

        return true;
    }

    private ValueTask PutAsync(
        in OutgoingFrame frame, bool isReply, CancellationToken cancellationToken, out bool waits)
    {
        waits = false;
        SendWaiter? waiter = null;
        var leaves = false;
        lock (transport.OutputLock)
        {
            if (!IsOpen)
                return Refuse();

            if (HasRoom)
                leaves = Append(frame, isReply);
            else
                waiter = (_line ??= BeginLine()).Add(frame);
        }

        if (leaves)
            transport.Send();

        waits = waiter is not null;
        return waits ? new(WaitAsync(waiter!, cancellationToken)) : default;
    }

    private SendLine BeginLine()
    {
        transport.Output.Notice.IsWanted = true;
        return new(capacity);
    }

    private bool Append(in OutgoingFrame frame, bool isReply)
    {
        frame.AppendTo(transport);

        // Flush even inside a batch if the buffer is full; else later sends of the batch would wait for themselves.
        return transport.Leaves(mayWait: isReply && transport.BufferedBytes < capacity);
    }

    private ValueTask Refuse() => _state == SendBufferState.Closed ? ValueTask.FromException(_closed!()) : GoNowhereAsync();

    // Not under the lock: a token that is already cancelled calls back at once, and the callback flushes.
    private Task WaitAsync(SendWaiter waiter, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(static (state, token) =>
        {
            var (buffer, waiter) = ((SendBuffer<T>, SendWaiter))state!;
            buffer.Cancel(waiter, token);
        }, (this, waiter));
        lock (transport.OutputLock)
        {
            if (waiter.IsInLine)
                waiter.Cancellation = registration;
            else
                registration.Unregister();
        }

        // The output may have advanced when there was no line yet: either it saw the line, or this sees the room.
        Interlocked.MemoryBarrier();
        if (transport.BufferedBytes < capacity)
            OutputAdvanced();

        return waiter.Task;
    }

    private void Cancel(SendWaiter waiter, CancellationToken cancellationToken)
    {
        lock (transport.OutputLock)
        {
            if (!waiter.IsInLine)
                return;

            _line!.Remove(waiter);
            waiter.Cancel(cancellationToken);
        }

        OutputAdvanced(); // the next in line may fit where this one did not
    }

    private void ReleaseLine(Action<SendWaiter> release)
    {
        while (_line?.TakeFirst() is { } waiter)
            release(waiter);
    }
}

/// <summary>The treatment of sent messages.</summary>
internal enum SendBufferState
{
    /// <summary>They reach the client.</summary>
    Open,

    /// <summary>The client has closed: they are dropped silently.</summary>
    Discarding,

    /// <summary>The connection is closed: sending throws.</summary>
    Closed,
}
