using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>A redis-server in memory, on the processor of the load, for the servers that are started while it runs.</summary>
internal sealed class RedisServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly int _port = FreePort();
    private Process _process;

    private RedisServer() => _process = Start(_port);

    /// <exception cref="InvalidOperationException">The program is missing, or it does not answer.</exception>
    public static RedisServer Start()
    {
        var redis = new RedisServer();
        redis.AwaitAnswer();
        Environment.SetEnvironmentVariable(
            SharedRedis.Variable, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis._port}"));
        return redis;
    }

    /// <summary>Kills it, and starts it again without what it knew. It answers when this returns.</summary>
    public void Restart()
    {
        Kill();
        _process = Start(_port);
        AwaitAnswer();
    }

    /// <summary>How many subscriptions all servers have together.</summary>
    public int CountSubscriptions()
    {
        const string Field = "sub=";
        using var client = new TcpClient("127.0.0.1", _port);
        client.GetStream().Write("CLIENT LIST TYPE pubsub\r\nQUIT\r\n"u8);
        using var reader = new StreamReader(client.GetStream());
        return reader.ReadToEnd().Split(' ')
            .Where(static field => field.StartsWith(Field, StringComparison.Ordinal))
            .Sum(static field => int.Parse(field[Field.Length..], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(SharedRedis.Variable, null);
        Kill();
    }

    private void AwaitAnswer()
    {
        var began = Stopwatch.GetTimestamp();
        while (!Answers(_port))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > Patience)
                throw new InvalidOperationException("redis-server does not answer.");

            Thread.Sleep(5);
        }
    }

    private void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(int port)
    {
        var start = new ProcessStartInfo(
            "redis-server",
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        try
        {
            var process = Process.Start(start)!;
            process.OutputDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            return process;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("--servers needs the program redis-server: apt-get install redis-server.", e);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
