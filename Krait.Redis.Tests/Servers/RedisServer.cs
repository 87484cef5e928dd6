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
    private Process? _process;

    private RedisServer(int port, string[] settings) => (Port, _settings) = (port, settings);

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
        var server = await StartAsync("--cluster-enabled", "yes");
        await server.AskAsync("CLUSTER ADDSLOTSRANGE 0 16383");
        await Patience.Until(async () => await server.AskAsync("EXISTS key") == ":0"); // else -CLUSTERDOWN
        return server;
    }

    /// <summary>A server that has not been started yet.</summary>
    public static RedisServer Absent(params string[] settings)
    {
        var path = Environment.GetEnvironmentVariable("PATH")!.Split(':');
        Assert.SkipUnless(
            path.Any(static directory => File.Exists(Path.Combine(directory, "redis-server"))),
            "redis-server is not installed; on Debian: apt-get install redis-server");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new(((IPEndPoint)listener.LocalEndpoint).Port, settings);
    }

    /// <summary>Starts the process again, on the same port and without data.</summary>
    public async Task RestartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            "redis-server",
            ["--port", Number(Port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _directory, .. _settings])
        {
            RedirectStandardOutput = true,
        })!;
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

    /// <summary>Sends one command without spaces in its arguments, and returns the first line of the answer.</summary>
    public async Task<string> AskAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
    }

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Kill();

        _process?.Dispose();
        Directory.Delete(_directory, recursive: true);
        return default;
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
