using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Krait.Load.Driving;

/// <summary>A connection of the closed loop, as cheap as a client can be: frames are sent as they were prepared, answers are only counted.</summary>
/// <remarks>Runs on the threads that complete the socket's operations; the driver's process has them complete inline.</remarks>
internal sealed class LoadConnection : IDisposable
{
    private const int ReceiveBufferSize = 64 * 1024;
    private const int LargestWrite = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly Socket _socket;
    private readonly SocketAsyncEventArgs _receiving = new();
    private readonly SocketAsyncEventArgs _sending = new();
    private readonly Dialogue _dialogue;
    private readonly int _inFlight;
    private readonly int _messagesOfWrite;
    private readonly Queue<(long SentAt, int Count)> _waiting = new();
    private (long SentAt, int Count) _oldest;
    private AnswerCounter _counter;
    private int _owed;
    private bool _isSending;
    private volatile bool _isOver;

    private LoadConnection(Socket socket, Dialogue dialogue, int inFlight)
    {
        _socket = socket;
        _dialogue = dialogue;
        _inFlight = inFlight;
        _counter = new(dialogue.CountsRecords);
        _messagesOfWrite = Math.Clamp(LargestWrite / dialogue.Message.Length, 1, inFlight);
        _receiving.SetBuffer(new byte[ReceiveBufferSize]);
        _receiving.Completed += (_, _) => ReceiveOn();
        var messages = Enumerable.Repeat(dialogue.Message, _messagesOfWrite).SelectMany(message => message).ToArray();
        _sending.SetBuffer(messages, 0, messages.Length);
        _sending.Completed += (_, _) => SendOn();
    }

    /// <summary>How many answers came.</summary>
    public long Answers { get; private set; }

    /// <summary>How long they took, from the write of the message to the read of the answer.</summary>
    public LatencyHistogram Latency { get; } = new();

    /// <summary>What broke the connection, if something did.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Connects and shakes hands, SignalR's too.</summary>
    public static async Task<LoadConnection> OpenAsync(int port, Dialogue dialogue, int inFlight)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {dialogue.Path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = await ReadToAsync(socket, "\r\n\r\n");
        if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            throw new InvalidDataException($"The upgrade of {dialogue.Path} was answered with: {head}");

        if (dialogue.Greeting.Length > 0)
        {
            await socket.SendAsync(dialogue.Greeting);
            await ReadToAsync(socket, ((char)SignalRDialogue.Separator).ToString());
        }

        return new(socket, dialogue, inFlight);
    }

    /// <summary>Starts the loop.</summary>
    public void Start()
    {
        Owe(_inFlight);
        ReceiveOn(begin: true);
    }

    /// <summary>Sends so many messages and waits for their answers, without a loop.</summary>
    public async Task ExchangeAsync(int messages)
    {
        var buffer = new byte[ReceiveBufferSize];
        for (var i = 0; i < messages; i++)
        {
            await _socket.SendAsync(_dialogue.Message);
            for (var answers = 0; answers == 0;)
                answers = _counter.Count(buffer.AsSpan(0, await _socket.ReceiveAsync(buffer)));
        }
    }

    public void Dispose()
    {
        _isOver = true;
        _socket.Dispose();
    }

    private void ReceiveOn(bool begin = false)
    {
        try
        {
            if (begin && _socket.ReceiveAsync(_receiving))
                return;

            do
                Received();
            while (!_isOver && !_socket.ReceiveAsync(_receiving));
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Received()
    {
        if (_receiving.BytesTransferred == 0 || _receiving.SocketError != SocketError.Success)
            throw new IOException($"The server ended the connection: {_receiving.SocketError}.");

        var answers = _counter.Count(_receiving.MemoryBuffer.Span[.._receiving.BytesTransferred]);
        if (answers == 0)
            return;

        Answers += answers;
        Owe(answers);
    }

    private void Owe(int messages)
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            TakeTimes(messages, now);
            _owed += messages;
            if (!_isSending)
                Send(now);
        }
    }

    private void TakeTimes(int answers, long now)
    {
        while (answers > 0 && (_oldest.Count > 0 || _waiting.TryDequeue(out _oldest)))
        {
            var count = Math.Min(answers, _oldest.Count);
            Latency.Add(now - _oldest.SentAt, count);
            _oldest.Count -= count;
            answers -= count;
        }
    }

    private void SendOn()
    {
        lock (_lock)
        {
            _isSending = false;
            if (!_isOver)
                Send(Stopwatch.GetTimestamp());
        }
    }

    private void Send(long now)
    {
        try
        {
            while (_owed > 0 && !_isSending)
            {
                var messages = Math.Min(_owed, _messagesOfWrite);
                _owed -= messages;
                _waiting.Enqueue((now, messages));
                _sending.SetBuffer(0, messages * _dialogue.Message.Length);
                _isSending = _socket.SendAsync(_sending);
            }
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception error)
    {
        if (!_isOver)
            Error = error;
    }

    private static async Task<string> ReadToAsync(Socket socket, string end)
    {
        var read = new StringBuilder();
        var one = new byte[1];
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await socket.ReceiveAsync(one) == 0)
                throw new IOException($"The server ended the connection after: {read}");

            read.Append((char)one[0]);
        }

        return read.ToString();
    }
}
