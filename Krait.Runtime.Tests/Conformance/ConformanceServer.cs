using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Krait.Runtime.Tests.Conformance;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(ConformanceServer))]

namespace Krait.Runtime.Tests.Conformance;

/// <summary>One application for all conformance cases: an echo that listens on every wire.</summary>
public sealed class ConformanceServer : IAsyncLifetime
{
    private readonly ConformanceEnds _ends = new();
    private readonly CollectedLogs _logs = new();
    private readonly Dictionary<Wire, int> _ports = [];
    private readonly X509Certificate2 _certificate = SelfSigned();
    private WebApplication? _app;
    private int _lastId;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(_ends).AddKrait(static options => options.KeepAliveInterval = Timeout.InfiniteTimeSpan);
        builder.WebHost.UseSockets(static sockets => sockets.CreateBoundListenSocket = Listen).UseTestedTransport().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(_certificate);
            });
            kestrel.Listen(IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.MapWebSocketController<ConformanceController>();
        _app.MapWebSocketController<CompressedConformanceController>();
        await _app.StartAsync();
        var ports = _app.Urls.Select(static url => new Uri(url).Port).ToArray();
        for (var wire = Wire.Http1; wire <= Wire.Http2; wire++)
            _ports[wire] = ports[(int)wire];
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();

        _certificate.Dispose();
    }

    /// <summary>Connects a client.</summary>
    /// <param name="wire">What carries it.</param>
    /// <param name="early">What is sent in the same segment as the request.</param>
    /// <param name="extensions">What the client offers as <c>Sec-WebSocket-Extensions</c>.</param>
    internal async Task<(IRawConnection Connection, Task<CloseInfo> Ended)> ConnectAsync(Wire wire, byte[]? early = null, string? extensions = null)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var ended = _ends.Of(id);
        return (await ConnectAsync(wire, id, early ?? [], extensions).InTime(), ended);
    }

    private async Task<IRawConnection> ConnectAsync(Wire wire, string id, byte[] early, string? extensions)
    {
        switch (wire)
        {
            case Wire.Http2:
                return await Http2Connection.ConnectAsync(_ports[wire], $"/conformance/{id}", extensions is null ? [] : [("sec-websocket-extensions", extensions)], early);
            case Wire.CompressedAnswers or Wire.Compressed:
                var agreed = wire == Wire.Compressed ? "permessage-deflate; server_no_context_takeover; client_no_context_takeover" : "permessage-deflate";
                var compressed = await TcpConnection.ConnectAsync(_ports[Wire.Http1], null, $"/conformance/compressed/{id}", $"Sec-WebSocket-Extensions: {agreed}\r\n", early);
                Assert.Contains($"\r\nSec-WebSocket-Extensions: {agreed}\r\n", compressed.Head, StringComparison.Ordinal);
                return new CompressedConnection(compressed, keepsContext: wire == Wire.CompressedAnswers);
            default:
                var plain = await TcpConnection.ConnectAsync(_ports[wire], wire == Wire.Tls ? _certificate : null, $"/conformance/{id}", extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n", early);
                Assert.DoesNotContain("Sec-WebSocket-Extensions", plain.Head, StringComparison.OrdinalIgnoreCase);
                return plain;
        }
    }

    /// <summary>Fails if any case so far has put an error into the log.</summary>
    internal void AssertNoErrors() => Assert.DoesNotContain(_logs.Entries, static entry => entry.Level >= LogLevel.Error);

    // With small buffers a client that does not read is felt after kilobytes, not megabytes.
    private static Socket Listen(EndPoint endpoint)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 16 * 1024 };
        socket.Bind(endpoint);
        return socket;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}

/// <summary>How the connections of cases have ended, by the id in their path. Thread-safe.</summary>
internal sealed class ConformanceEnds
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<CloseInfo>> _ends = new();

    public Task<CloseInfo> Of(string id) => EndOf(id).Task;

    public void Note(string id, CloseInfo why) => EndOf(id).SetResult(why);

    private TaskCompletionSource<CloseInfo> EndOf(string id) => _ends.GetOrAdd(id, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

/// <summary>Sends back what comes.</summary>
[WebSocketController("/conformance/{id}", MaxMessageSize = MaxMessageSize)]
internal sealed partial class ConformanceController(string id, ConformanceEnds ends)
{
    public const int MaxMessageSize = 128 * 1024;

    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;

    [OnClose]
    private void Closed(CloseInfo why) => ends.Note(id, why);
}

/// <summary>Sends back what comes, compressed.</summary>
[WebSocketController("/conformance/compressed/{id}", MaxMessageSize = ConformanceController.MaxMessageSize, Compression = true)]
internal sealed partial class CompressedConformanceController(string id, ConformanceEnds ends)
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;

    [OnClose]
    private void Closed(CloseInfo why) => ends.Note(id, why);
}
