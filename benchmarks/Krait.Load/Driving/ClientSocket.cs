using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Krait.Load.Driving;

/// <summary>Sockets of clients that have connected and shaken hands, SignalR's hands too.</summary>
internal static class ClientSocket
{
    private const int Tcp = 6;
    private const int LargestSegment = 2; // TCP_MAXSEG
    private const int EthernetSegment = 1448;

    /// <summary>Opens a WebSocket.</summary>
    /// <param name="port">On the loopback interface.</param>
    /// <param name="dialogue">Where, and what to greet with.</param>
    /// <param name="receiveBufferSize">How many bytes the kernel may hold that were not read; 0 leaves it to the kernel.</param>
    /// <param name="likeEthernet">
    /// Whether segments are as large as on a network. By those of the loopback interface, 64 KiB, the server's kernel
    /// reckons that it needs
    /// megabytes of send buffer, in which a client that does not read goes unnoticed for long.
    /// </param>
    public static Socket Open(int port, Dialogue dialogue, int receiveBufferSize = 0, bool likeEthernet = false)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }.Unpaced();
        if (receiveBufferSize > 0)
            socket.ReceiveBufferSize = receiveBufferSize;

        if (likeEthernet)
            socket.SetRawSocketOption(Tcp, LargestSegment, BitConverter.GetBytes(EthernetSegment));

        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Handshake.Request(dialogue.Path));
        Handshake.Demand(ReadTo(socket, "\r\n\r\n"));
        if (dialogue.Greeting.Length > 0)
        {
            socket.Send(dialogue.Greeting);
            ReadTo(socket, ((char)SignalRDialogue.Separator).ToString());
        }

        return socket;
    }

    private static string ReadTo(Socket socket, string end)
    {
        var read = new StringBuilder();
        var one = new byte[1];
        while (!read.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (socket.Receive(one) == 0)
                throw new IOException($"The server ended the connection after: {read}");

            read.Append((char)one[0]);
        }

        return read.ToString();
    }
}
