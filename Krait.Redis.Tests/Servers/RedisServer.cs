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
    private readonly string _directory = Directory.CreateTempSubdirectory("krait-redis-").FullName;
    private readonly string[] _settings;
    private readonly RedisServer? _watched;
    private Process? _process;

    private RedisServer(string[] settings, RedisServer? watched = null)
    {
        Demand();
        (Port, _settings, _watched) = (FreePort(), settings, watched);
    }

    public int Port { get; }

    /// <summary>A configuration with short timeouts.</summary>
    public string Configuration =>
        string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port},connectTimeout=2000,syncTimeout=2000,asyncTimeout=2000");

    /// <summary>Starts a server. The test is skipped where Redis is not installed.</summary>
    public static async Task<RedisServer> StartAsync(params string[] settings)
    {
        var server = Absent(settings);
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts a cluster of one node, which has all slots.</summary>
    public static async Task<RedisServer> StartClusterAsync()
    {
        var server = await StartNodeAsync(FreePort());
        await server.AskAsync("CLUSTER ADDSLOTSRANGE 0 16383");
        await Patience.Until(async () => await server.AskAsync("EXISTS key") == ":0"); // else -CLUSTERDOWN
        return server;
    }

    /// <summary>Starts a node of a cluster, without slots.</summary>
    /// <param name="bus">The port on which nodes talk; by default it would be too high for many ports.</param>
    public static Task<RedisServer> StartNodeAsync(int bus) =>
        StartAsync("--cluster-enabled", "yes", "--cluster-port", Number(bus));

    /// <summary>Starts a server that has the data of another.</summary>
    public static async Task<RedisServer> StartReplicaAsync(RedisServer master)
    {
        var replica = await StartAsync("--replicaof", "127.0.0.1", Number(master.Port), "--repl-diskless-sync-delay", "0");
        await Patience.Until(async () => await master.AskAsync("WAIT 1 100") == ":1");
        return replica;
    }

    /// <summary>Starts a Sentinel that watches a server, and promotes its replica a second after the server is gone.</summary>
    public static async Task<RedisServer> StartSentinelAsync(RedisServer master)
    {
        var sentinel = new RedisServer([], master);
        await sentinel.RestartAsync();
        return sentinel;
    }

    /// <summary>A server that has not been started yet.</summary>
    public static RedisServer Absent(params string[] settings) => new(settings);

    /// <summary>Starts the process again, on the same port and without data.</summary>
    public async Task RestartAsync()
    {
        string[] arguments = _watched is null
            ? ["--port", Number(Port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _directory, .. _settings]
            : [WriteSentinel(_watched), "--sentinel"];
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
        Directory.Delete(_directory, recursive: true);
        return default;
    }

    /// <summary>A port that no other program uses at present.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Demand()
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        Assert.SkipUnless(
            path.Any(static directory => File.Exists(Path.Combine(directory, "redis-server"))),
            "redis-server is not installed; on Debian: apt-get install redis-server");
    }

    /// <summary>Writes the file in which a Sentinel also keeps its state.</summary>
    private string WriteSentinel(RedisServer master)
    {
        var path = Path.Combine(_directory, "sentinel.conf");
        File.WriteAllText(path, $"""
            port {Port}
            bind 127.0.0.1
            dir {_directory}
            sentinel monitor rooms 127.0.0.1 {master.Port} 1
            sentinel down-after-milliseconds rooms 1000
            sentinel failover-timeout rooms 5000
            """);
        return path;
    }

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
