namespace Krait.Load.Driving;

/// <summary>Many connections that read whatever comes, on the thread that calls <see cref="Listen"/>.</summary>
internal sealed class Audience : IDisposable
{
    private const int ReceiveBufferSize = 256 * 1024;

    private readonly Epoll _epoll = new();
    private readonly List<Listener> _listeners = [];
    private readonly byte[] _buffer = new byte[ReceiveBufferSize];
    private readonly Action<int> _ready;

    /// <summary>Connects.</summary>
    public Audience(int port, Dialogue dialogue, int count, bool likeEthernet = false)
    {
        _ready = Ready;
        Add(port, dialogue, count, likeEthernet);
    }

    public int Count => _listeners.Count;

    /// <summary>How many messages all have received.</summary>
    public long Received { get; private set; }

    /// <summary>How many connections the server has ended.</summary>
    public int Ended { get; private set; }

    /// <summary>
    /// Called when a connection has received messages: with the number of the first, counted from 0 for each connection,
    /// and how many.
    /// </summary>
    public Action<long, int>? Heard { get; set; }

    /// <summary>Connects more, maybe to another server.</summary>
    public void Add(int port, Dialogue dialogue, int count, bool likeEthernet = false)
    {
        for (var i = 0; i < count; i++)
        {
            var listener = new Listener(ClientSocket.Open(port, dialogue, likeEthernet: likeEthernet), dialogue.CountsRecords);
            _epoll.Watch(listener.Handle, _listeners.Count);
            _listeners.Add(listener);
        }
    }

    /// <summary>Connects many more, some at a time.</summary>
    public void AddAll(IReadOnlyList<(int Port, Dialogue Dialogue)> wanted)
    {
        foreach (var (socket, (_, dialogue)) in ClientSocket.OpenAll(wanted).Zip(wanted))
        {
            var listener = new Listener(socket, dialogue.CountsRecords);
            _epoll.Watch(listener.Handle, _listeners.Count);
            _listeners.Add(listener);
        }
    }

    /// <summary>Reads what is there, and waits so long if nothing is.</summary>
    public void Listen(int milliseconds) => _epoll.Wait(milliseconds, _ready);

    public void Dispose()
    {
        _listeners.ForEach(listener => listener.Dispose());
        _epoll.Dispose();
    }

    private void Ready(int key)
    {
        var listener = _listeners[key];
        var first = listener.Received;
        var messages = listener.Receive(_buffer);
        if (messages < 0)
        {
            Ended++;
            listener.Dispose(); // which is not watched any more then
        }
        else if (messages > 0)
        {
            Received += messages;
            Heard?.Invoke(first, messages);
        }
    }
}
