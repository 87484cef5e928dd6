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
    private const int BatchSize = 100;

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
        var socket = Ask(port, dialogue, receiveBufferSize, likeEthernet);
        Greet(socket, dialogue);
        AwaitGreeting(socket, dialogue);
        return socket;
    }

    /// <summary>Opens many WebSockets, some at a time, so that the server has always one to serve.</summary>
    /// <param name="wanted">The port and the path of each.</param>
    public static List<Socket> OpenAll(IEnumerable<(int Port, Dialogue Dialogue)> wanted)
    {
        var sockets = new List<Socket>();
        foreach (var batch in wanted.Chunk(BatchSize))
        {
            var asked = batch.Select(static one => (Socket: Ask(one.Port, one.Dialogue, 0, likeEthernet: false), one.Dialogue)).ToList();
            sockets.AddRange(asked.Select(static one => one.Socket));
            asked.ForEach(static one => Greet(one.Socket, one.Dialogue));
            asked.ForEach(static one => AwaitGreeting(one.Socket, one.Dialogue));
        }

        return sockets;
    }

    /// <summary>Opens a TCP connection, on which nothing was sent.</summary>
    public static Socket Connect(int port)
    {
        var socket = New();
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>Reads until the end of what was read is this text.</summary>
    /// <exception cref="IOException">The server ended the connection.</exception>
    public static string ReadTo(Socket socket, string end)
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

    private static Socket New() =>
        new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }.Unpaced();

    private static Socket Ask(int port, Dialogue dialogue, int receiveBufferSize, bool likeEthernet)
    {
        var socket = New();
        if (receiveBufferSize > 0)
            socket.ReceiveBufferSize = receiveBufferSize;

        if (likeEthernet)
            socket.SetRawSocketOption(Tcp, LargestSegment, BitConverter.GetBytes(EthernetSegment));

        if (dialogue.From is { } from)
            socket.Bind(new IPEndPoint(from, 0));

        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Handshake.Request(dialogue.Path));
        return socket;
    }

    private static void Greet(Socket socket, Dialogue dialogue)
    {
        Handshake.Demand(ReadTo(socket, "\r\n\r\n"));
        if (dialogue.Greeting.Length > 0)
            socket.Send(dialogue.Greeting);
    }

    private static void AwaitGreeting(Socket socket, Dialogue dialogue)
    {
        if (dialogue.Greeting.Length > 0)
            ReadTo(socket, ((char)SignalRDialogue.Separator).ToString());
    }
}
