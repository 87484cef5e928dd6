using System.Net.Sockets;

namespace Krait.Load;

/// <summary>Sockets for the loopback interface: with a congestion control that does not pace, since some machines' default (BBR) holds packets back by timers.</summary>
internal static class Loopback
{
    private const int Tcp = 6;
    private const int Congestion = 13;

    public static Socket Unpaced(this Socket socket)
    {
        if (OperatingSystem.IsLinux())
            socket.SetRawSocketOption(Tcp, Congestion, "reno"u8);

        return socket;
    }
}
