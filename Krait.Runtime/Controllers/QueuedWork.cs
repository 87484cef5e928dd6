using System.Buffers;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>What waits for its turn among the handlers of a connection: a message as it came, or something to call.</summary>
internal readonly struct QueuedWork
{
    private readonly byte[]? _payload;

    private QueuedWork(WebSocketMessageType type, byte[] payload, int length)
    {
        Type = type;
        _payload = payload;
        Length = length;
    }

    private QueuedWork(Func<ValueTask> call, TaskCompletionSource called)
    {
        Call = call;
        Called = called;
    }

    /// <summary>What to call; null for a message.</summary>
    public Func<ValueTask>? Call { get; }

    /// <summary>Completes when the call has returned.</summary>
    public TaskCompletionSource? Called { get; }

    public WebSocketMessageType Type { get; }

    public int Length { get; }

    public ReadOnlyMemory<byte> Payload => new(_payload, 0, Length);

    /// <summary>Copies a message into memory of its own; <see cref="Return"/> gives it back.</summary>
    public static QueuedWork Message(in TransportRead read)
    {
        var length = read.Payload.Length;
        var payload = ArrayPool<byte>.Shared.Rent(length);
        read.Payload.CopyTo(payload);
        return new(read.Type, payload, length);
    }

    public static QueuedWork ToCall(Func<ValueTask> call) => new(call, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Return()
    {
        if (_payload is not null)
            ArrayPool<byte>.Shared.Return(_payload);
    }
}
