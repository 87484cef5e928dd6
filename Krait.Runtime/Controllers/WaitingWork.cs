using System.Buffers;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Work that waits for its turn among the handlers of a connection: a received message, or a call.</summary>
internal readonly struct WaitingWork
{
    private readonly object _performer; // an EventDelivery for a message, else a Func<ValueTask>
    private readonly TaskCompletionSource? _performed;
    private readonly byte[]? _payload;

    private WaitingWork(EventDelivery delivery, WebSocketMessageType type, byte[] payload, int length)
    {
        _performer = delivery;
        Type = type;
        _payload = payload;
        Length = length;
    }

    private WaitingWork(Func<ValueTask> call, TaskCompletionSource performed)
    {
        _performer = call;
        _performed = performed;
    }

    public WebSocketMessageType Type { get; }

    public int Length { get; }

    public ReadOnlyMemory<byte> Payload => new(_payload, 0, Length);

    /// <summary>Completes when a call has returned.</summary>
    public Task Performed => _performed!.Task;

    /// <summary>Copies a message into its own memory, which is returned after the message is handled.</summary>
    public static WaitingWork Message(EventDelivery delivery, in TransportRead read)
    {
        var length = read.Payload.Length;
        var payload = ArrayPool<byte>.Shared.Rent(length);
        read.Payload.CopyTo(payload);
        return new(delivery, read.Type, payload, length);
    }

    public static WaitingWork Call(Func<ValueTask> call) => new(call, new(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Handles the message, or makes the call. The caller must own the handlers' turn.</summary>
    public async ValueTask PerformAsync()
    {
        try
        {
            if (_performer is EventDelivery delivery)
                await delivery.HandleWaitingAsync(this).ConfigureAwait(false);
            else
                await ((Func<ValueTask>)_performer)().ConfigureAwait(false);
        }
        finally
        {
            if (_payload is not null)
                ArrayPool<byte>.Shared.Return(_payload);

            _performed?.SetResult();
        }
    }
}
