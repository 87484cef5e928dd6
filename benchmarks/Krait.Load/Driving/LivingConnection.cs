using System.Diagnostics;
using System.Net.Sockets;

namespace Krait.Load.Driving;

/// <summary>A client that answers pings as browsers do, and counts the answers to its messages.</summary>
/// <param name="socket">Has shaken hands.</param>
/// <param name="dialogue">What to say.</param>
internal sealed class LivingConnection(Socket socket, Dialogue dialogue) : IDisposable
{
    private readonly ServerFrames _frames = new();
    private Queue<long>? _waiting;

    public int Handle => (int)socket.Handle;

    /// <summary>How many messages have no answer.</summary>
    public int InFlight => _waiting?.Count ?? 0;

    /// <summary>Whether the server has ended the connection.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Sends one message.</summary>
    public void SendMessage()
    {
        (_waiting ??= new()).Enqueue(Stopwatch.GetTimestamp());
        Send(dialogue.Message);
    }

    /// <summary>Sends a frame, for which there is room: clients of this kind send little.</summary>
    public void Send(byte[] frame)
    {
        try
        {
            if (!HasEnded && Epoll.Send(Handle, frame) != frame.Length)
                throw new InvalidOperationException("The server does not read.");
        }
        catch (IOException)
        {
            HasEnded = true;
        }
    }

    /// <summary>Reads what came.</summary>
    /// <param name="buffer">Any.</param>
    /// <param name="latency">Takes how long answers took.</param>
    /// <returns>How many answers came.</returns>
    public int Receive(Span<byte> buffer, LatencyHistogram latency)
    {
        if (!TryReceive(buffer, out var received))
            HasEnded = true;

        _frames.Put(buffer[..received]);
        var answers = 0;
        while (_frames.TryTake(out var opcode, out var payload))
        {
            if (opcode == ServerFrames.Ping)
                Send(ClientFrames.Pong(payload.ToArray()));

            HasEnded |= opcode == ServerFrames.Close;
            for (var more = CountAnswers(opcode, payload); more > 0; more--, answers++)
                latency.Add(Stopwatch.GetTimestamp() - _waiting!.Dequeue(), 1);
        }

        return answers;
    }

    public void Dispose() => socket.Dispose();

    private int CountAnswers(int opcode, ReadOnlySpan<byte> payload)
    {
        if (opcode is not (ServerFrames.Text or ServerFrames.Binary))
            return 0;

        return dialogue.CountsRecords ? payload.Count(SignalRDialogue.Completion) : 1;
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
