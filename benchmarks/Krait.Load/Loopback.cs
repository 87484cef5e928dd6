using System.Net;
using System.Net.Sockets;

namespace Krait.Load;

/// <summary>Sockets for the loopback interface: with a congestion control that does not pace, since some machines' default (BBR) holds packets back by timers.</summary>
internal static class Loopback
{
    private const int Tcp = 6;
    private const int Congestion = 13;

    /// <summary>
    /// A free port below those that the kernel gives to clients, so that it is still free when a server starts again.
    /// </summary>
    public static int ServerPort()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000)));
                return ((IPEndPoint)socket.LocalEndPoint!).Port;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another one.
            }
        }
    }

    public static Socket Unpaced(this Socket socket)
    {
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(Tcp, Congestion, "reno"u8);

        return socket;
    }
}
