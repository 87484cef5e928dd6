using System.Net.Sockets;

namespace Krait.Load.Driving;

/// <summary>
/// A client that sends as fast as it can, reads what comes, and learns from a pong that the server has read everything.
/// </summary>
internal sealed class Flooder : IDisposable
{
    private const int LargestWrite = 64 * 1024;

    private static readonly byte[] LastPing = ClientFrames.Ping([]);

    private readonly Socket _socket;
    private readonly byte[] _messages;
    private readonly int _messageLength;
    private readonly ServerFrames _frames = new();
    private long _unsent;
    private int _position;
    private int _pingLeft;

    public Flooder(int port, Dialogue dialogue)
    {
        _socket = ClientSocket.Open(port, dialogue);
        _messageLength = dialogue.Message.Length;
        var count = 1 + (LargestWrite / _messageLength);
        _messages = [.. Enumerable.Repeat(dialogue.Message, count).SelectMany(static message => message)];
    }

    public int Handle => (int)_socket.Handle;

    /// <summary>Whether something waits for room.</summary>
    public bool IsBlocked => _unsent + _pingLeft > 0;

    /// <summary>How many whole messages have left.</summary>
    public long Sent { get; private set; }

    /// <summary>How many messages came back.</summary>
    public long Answers { get; private set; }

    /// <summary>Whether the server has read everything before the ping.</summary>
    public bool HasPong { get; private set; }

    /// <summary>Whether the server has ended the connection.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Has so many messages more to send.</summary>
    public void Add(long messages) => _unsent += messages * _messageLength;

    /// <summary>Has a ping to send after all messages.</summary>
    public void AddPing() => _pingLeft = LastPing.Length;

    /// <summary>Sends as far as there is room.</summary>
    public void Send()
    {
        while (!HasEnded && _unsent > 0)
        {
            var sent = TrySend(_messages.AsSpan(_position, (int)Math.Min(_unsent, _messages.Length - _position)));
            if (sent < 0)
                return;

            _unsent -= sent;
            Sent += (_position + sent) / _messageLength;
            _position = (_position + sent) % _messageLength;
        }

        if (!HasEnded && _pingLeft > 0)
            _pingLeft -= Math.Max(0, TrySend(LastPing.AsSpan(LastPing.Length - _pingLeft)));
    }

    /// <summary>Reads what came.</summary>
    public void Receive(Span<byte> buffer)
    {
        if (!TryReceive(buffer, out var received))
            HasEnded = true;

        _frames.Put(buffer[..received]);
        while (_frames.TryTake(out var opcode, out _))
        {
            Answers += opcode is ServerFrames.Text or ServerFrames.Binary ? 1 : 0;
            HasPong |= opcode == ServerFrames.Pong;
            HasEnded |= opcode == ServerFrames.Close;
        }
    }

    public void Dispose() => _socket.Dispose();

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Epoll.Send(Handle, bytes);
        }
        catch (IOException)
        {
            HasEnded = true;
            return -1;
        }
    }

    private bool TryReceive(Span<byte> buffer, out int received)
    {
        received = 0;
        try
        {
            var count = Epoll.Receive(Handle, buffer);
            received = Math.Max(0, count);
            return count != 0;
        }
        catch (IOException)
        {
            return false; // reset
        }
    }
}
