using System.Net.Sockets;
using System.Text.Json;
using Krait.Load.Serving;

namespace Krait.Load.Driving;

/// <summary>A client that takes one quote at a time, and leaves the others to the kernel.</summary>
internal sealed class QuoteReader(int port, Dialogue dialogue) : IDisposable
{
    private const int LargestRead = 512;

    // The kernel doubles it for its own needs.
    private const int ReceiveBufferSize = 8 * 1024;

    private readonly Socket _socket = ClientSocket.Open(port, dialogue, ReceiveBufferSize, likeEthernet: true);
    private readonly MessageSplitter _messages = new(dialogue.CountsRecords);
    private readonly byte[] _buffer = new byte[LargestRead];

    /// <summary>Whether the server has ended the connection.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes the next quote, if there is one.</summary>
    public bool TryTake(out Quote quote)
    {
        ReadOnlySpan<byte> message;
        while (!_messages.TryTake(out message))
        {
            if (!TryReceive())
            {
                quote = null!;
                return false;
            }
        }

        // SignalR has it among the arguments of an invocation.
        var (start, end) = (message.LastIndexOf((byte)'{'), message.IndexOf((byte)'}'));
        quote = JsonSerializer.Deserialize(message[start..(end + 1)], Messages.Default.Quote)!;
        return true;
    }

    public void Dispose() => _socket.Dispose();

    private bool TryReceive()
    {
        if (HasEnded)
            return false;

        try
        {
            var received = Epoll.Receive((int)_socket.Handle, _buffer);
            HasEnded = received == 0;
            if (received > 0)
                _messages.Put(_buffer.AsSpan(0, received));

            return received > 0;
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            HasEnded = true; // reset, or a close frame
            return false;
        }
    }
}
