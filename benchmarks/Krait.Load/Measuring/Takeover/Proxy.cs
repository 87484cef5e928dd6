using System.Diagnostics;
using System.Net.Sockets;

namespace Krait.Load.Measuring;

/// <summary>A proxy before two servers, in a process of its own.</summary>
internal sealed class Proxy : IDisposable
{
    private const int MostLines = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("krait-proxy").FullName;
    private readonly Process _process;

    /// <summary>Starts a proxy; it listens when this returns.</summary>
    public Proxy(string name, IReadOnlyList<int> servers)
    {
        var configuration = Path.Combine(_directory, "proxy.conf");
        File.WriteAllText(configuration, ProxyConfiguration.For(name, Port, servers, _directory));
        string[] arguments = name == "haproxy" ? ["-db", "-f", configuration] : ["-c", configuration, "-p", _directory];
        _process = Start(name, arguments);
        for (var began = Stopwatch.GetTimestamp(); !Listens();)
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException($"{name} does not listen.");

            Thread.Sleep(20);
        }
    }

    public int Port { get; } = Loopback.ServerPort();

    public void Dispose()
    {
        Signal.Terminate(_process.Id); // nginx ends its workers then
        if (!_process.WaitForExit(Patience))
            _process.Kill(entireProcessTree: true);

        _process.Dispose();
        ShowErrors();
        Directory.Delete(_directory, recursive: true);
    }

    private static Process Start(string name, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo($"/usr/sbin/{name}", arguments))!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"takeover needs the program {name}: apt-get install {name}.", e);
        }
    }

    /// <summary>Shows the last lines of nginx's log: haproxy writes to the console itself.</summary>
    private void ShowErrors()
    {
        var log = Path.Combine(_directory, ProxyConfiguration.ErrorLog);
        foreach (var line in File.Exists(log) ? File.ReadLines(log).TakeLast(MostLines) : [])
            Console.Error.WriteLine(line);
    }

    private bool Listens()
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
