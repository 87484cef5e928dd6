using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Servers;

/// <summary>A process of redis-server, on a free port of the loopback interface, that keeps nothing on disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly Func<RedisServer, string[]> _arguments;
    private Process? _process;

    private RedisServer(Func<RedisServer, string[]> arguments)
    {
        Demand();
        _arguments = arguments;
    }

    public int Port { get; } = FreePort();

    /// <summary>A directory that goes with the server.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("krait-redis-").FullName;

    /// <summary>A configuration with short timeouts.</summary>
    public string Configuration =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},connectTimeout=2000,syncTimeout=2000,asyncTimeout=2000");

    /// <summary>Starts a server. The test is skipped where Redis is not installed.</summary>
    public static Task<RedisServer> StartAsync(params string[] settings) => StartAsync(server => server.Keeping(settings));

    /// <summary>Starts a process with other arguments than those of a server that keeps nothing.</summary>
    public static async Task<RedisServer> StartAsync(Func<RedisServer, string[]> arguments)
    {
        var server = new RedisServer(arguments);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts a cluster of one node, which has all slots.</summary>
    public static async Task<RedisServer> StartClusterAsync()
    {
        var server = await StartAsync("--cluster-enabled", "yes", "--cluster-port", Number(FreePort()));
        await server.AskAsync("CLUSTER ADDSLOTSRANGE 0 16383");
        await Patience.Until(async () => await server.AskAsync("EXISTS key") == ":0"); // else -CLUSTERDOWN
        return server;
    }

    /// <summary>A server that has not been started yet.</summary>
    public static RedisServer Absent() => new(static server => server.Keeping([]));

    /// <summary>Finds a port that is free, and that the system does not give to a connection while the server is away.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Another program has it.
            }
        }
    }

    /// <summary>Starts the process again, on the same port and without data.</summary>
    public async Task RestartAsync()
    {
        var arguments = _arguments(this);
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        await Patience.Until(IsListening);
    }

    /// <summary>Ends the process at once.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops the process, which keeps its connections and answers nothing.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>Lets a frozen process go on.</summary>
    public void Thaw() => Signal("-CONT");

    /// <summary>Sends one command, and returns the first line of the answer; of a text its own first line.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        var line = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        return (line is ['$', not '-', ..] ? await reader.ReadLineAsync(TestContext.Current.CancellationToken) : line) ?? "";
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Kill();

        _process?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return default;
    }

    private static void Demand()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        Assert.SkipUnless(
            path.Any(static directory => File.Exists(Path.Combine(directory, "redis-server"))),
            "redis-server is not installed; on Debian: apt-get install redis-server");
    }

    private string[] Keeping(string[] settings) =>
        ["--port", Number(Port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", Folder, .. settings];

    private bool IsListening()
    {
        Assert.False(_process!.HasExited, "redis-server has ended; perhaps another program has taken its port.");
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, Number(_process!.Id)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
