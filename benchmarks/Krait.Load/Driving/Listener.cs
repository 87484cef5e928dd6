using System.Net.Sockets;

namespace Krait.Load.Driving;

/// <summary>A connection whose messages are only counted.</summary>
/// <param name="socket">Has shaken hands.</param>
/// <param name="countsRecords">See <see cref="Dialogue.CountsRecords"/>.</param>
internal sealed class Listener(Socket socket, bool countsRecords) : IDisposable
{
    private AnswerCounter _counter = new(countsRecords);

    public int Handle => (int)socket.Handle;

    /// <summary>How many messages were received.</summary>
    public long Received { get; private set; }

    /// <summary>Reads what came.</summary>
    /// <returns>How many messages it ended; -1 if the server ended the connection.</returns>
    public int Receive(Span<byte> buffer)
    {
        try
        {
            var received = Epoll.Receive(Handle, buffer);
            if (received == 0)
                return -1;

            var messages = received < 0 ? 0 : _counter.Count(buffer[..received]);
            Received += messages;
            return messages;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return -1; // reset, or a close frame
        }
    }

    public void Dispose() => socket.Dispose();
}
