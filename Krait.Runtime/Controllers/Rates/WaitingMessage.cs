using System.Buffers;
using System.Net.WebSockets;
using Krait.Transport;

namespace Krait.Controllers;

/// <summary>A message that waits until a limit has room. It has its own memory, which must be returned once.</summary>
internal readonly struct WaitingMessage
{
    private readonly byte[] _payload;
    private readonly WebSocketMessageType _type;

    /// <summary>Copies a message.</summary>
    public WaitingMessage(in TransportRead read, int taken)
    {
        _payload = ArrayPool<byte>.Shared.Rent(read.Payload.Length);
        read.Payload.CopyTo(_payload);
        _type = read.Type;
        Length = read.Payload.Length;
        Taken = taken;
    }

    public int Length { get; }

    /// <summary>To how many limits it is charged already.</summary>
    public int Taken { get; }

    /// <summary>Whether it is counted as a message over a limit.</summary>
    public bool IsCounted { get; init; }

    public TransportRead Read => TransportRead.Message(_type, _payload.AsMemory(0, Length));

    public void Return() => ArrayPool<byte>.Shared.Return(_payload);
}
