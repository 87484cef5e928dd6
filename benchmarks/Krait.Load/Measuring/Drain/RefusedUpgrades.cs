using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Krait.Load.Driving;

namespace Krait.Load.Measuring;

/// <summary>Asks a server that drains for upgrades, one after another, until it does not listen any more.</summary>
internal sealed class RefusedUpgrades(int port) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly List<double> _milliseconds = [];
    private Thread? _asking;
    private volatile bool _ends;

    public int Refused => _milliseconds.Count;

    /// <summary>How many were answered with something else than 503.</summary>
    public int Others { get; private set; }

    public double Median => _milliseconds.Count == 0 ? double.NaN : Figures.Median(_milliseconds);

    public double Most => _milliseconds.Count == 0 ? double.NaN : _milliseconds.Max();

    public void Begin()
    {
        _asking = new Thread(AskAll);
        _asking.Start();
    }

    /// <summary>Asks no more.</summary>
    public void End()
    {
        _ends = true;
        _asking?.Join();
    }

    public void Dispose() => End();

    private void AskAll()
    {
        try
        {
            Ask(); // does not count: code is compiled, and the server may not have begun to stop
            Others = 0;
            _milliseconds.Clear();
            while (!_ends)
            {
                Thread.Sleep(Pause);
                Ask();
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // It does not listen any more.
        }
    }

    private void Ask()
    {
        var began = Stopwatch.GetTimestamp();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        socket.Send(Handshake.Request("/drain"));
        var buffer = new byte[4096];
        var received = socket.Receive(buffer);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        if (received == 0)
            throw new IOException("The server ended the connection.");

        if (Encoding.ASCII.GetString(buffer, 0, received).StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal))
            _milliseconds.Add(took);
        else
            Others++;
    }
}
