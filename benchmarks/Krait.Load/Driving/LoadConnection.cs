using System.Diagnostics;
using System.Net.Sockets;

namespace Krait.Load.Driving;

/// <summary>A connection of the closed loop, as cheap as a client can be: frames are sent as they were prepared, answers are only counted.</summary>
/// <remarks>Only synchronous calls of <see cref="Socket"/>: asynchronous ones would have the runtime watch the socket as well.</remarks>
internal sealed class LoadConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly Dialogue _dialogue;
    private readonly LatencyHistogram _latency;
    private readonly Queue<(long SentAt, int Count)> _waiting = new();
    private (long SentAt, int Count) _oldest;
    private AnswerCounter _counter;
    private long _unsent;
    private int _position;

    private LoadConnection(Socket socket, Dialogue dialogue, LatencyHistogram latency)
    {
        _socket = socket;
        _dialogue = dialogue;
        _latency = latency;
        _counter = new(dialogue.CountsRecords, dialogue.AnswerLength);
    }

    public int Handle => (int)_socket.Handle;

    /// <summary>Whether something waits for room.</summary>
    public bool IsBlocked => _unsent > 0;

    /// <summary>How many messages were sent, or are about to be, and not answered.</summary>
    public int InFlight { get; private set; }

    /// <summary>Connects and, unless it speaks plain HTTP, shakes hands, SignalR's too.</summary>
    /// <param name="port">On the loopback interface.</param>
    /// <param name="dialogue">What to say.</param>
    /// <param name="latency">Takes how long answers take, from when the message was due to the read of the answer.</param>
    public static LoadConnection Open(int port, Dialogue dialogue, LatencyHistogram latency) =>
        new(dialogue.AnswerLength > 0 ? ClientSocket.Connect(port) : ClientSocket.Open(port, dialogue), dialogue, latency);

    /// <summary>Sends one message and waits for its answer.</summary>
    public void Exchange()
    {
        var buffer = new byte[4096];
        _socket.Send(_dialogue.Message);
        for (var answers = 0; answers == 0;)
            answers = _counter.Count(buffer.AsSpan(0, _socket.Receive(buffer)));
    }

    /// <summary>Sends so many messages more, as far as there is room.</summary>
    public void Send(int messages)
    {
        if (messages > 0)
        {
            InFlight += messages;
            _waiting.Enqueue((Stopwatch.GetTimestamp(), messages));
            _unsent += (long)messages * _dialogue.Message.Length;
        }

        while (_unsent > 0)
        {
            var sent = Epoll.Send(Handle, _dialogue.Batch.AsSpan(_position, (int)Math.Min(_unsent, _dialogue.Batch.Length - _position)));
            if (sent < 0)
                return;

            _unsent -= sent;
            _position = (_position + sent) % _dialogue.Message.Length;
        }
    }

    /// <summary>Reads what came.</summary>
    /// <returns>How many answers it ended.</returns>
    /// <exception cref="IOException">The server ended the connection.</exception>
    /// <exception cref="InvalidDataException">What came are not the answers alone.</exception>
    public int Receive(Span<byte> buffer)
    {
        var received = Epoll.Receive(Handle, buffer);
        if (received == 0)
            throw new IOException("The server ended the connection.");

        if (received < 0)
            return 0;

        var answers = _counter.Count(buffer[..received]);
        InFlight -= answers;
        if (InFlight < 0)
            throw new InvalidDataException("The server sent more messages than it got.");

        TakeTimes(answers);
        return answers;
    }

    public void Dispose() => _socket.Dispose();

    private void TakeTimes(int answers)
    {
        var now = Stopwatch.GetTimestamp();
        while (answers > 0 && (_oldest.Count > 0 || _waiting.TryDequeue(out _oldest)))
        {
            var count = Math.Min(answers, _oldest.Count);
            _latency.Add(now - _oldest.SentAt, count);
            _oldest.Count -= count;
            answers -= count;
        }
    }
}
