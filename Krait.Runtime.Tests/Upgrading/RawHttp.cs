using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>One TCP connection that asks one HTTP request after another, written by hand.</summary>
internal sealed class RawHttp(TcpClient client) : IDisposable
{
    private readonly StreamReader _reader = new(client.GetStream(), Encoding.Latin1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Asks, and reads the whole answer.</summary>
    /// <param name="request">The request line and the headers, a line each, without those that every request has.</param>
    public async Task<(int Status, string Connection)> AskAsync(params string[] request)
    {
        var head = string.Join("\r\n", [request[0], "Host: localhost", .. request[1..], "", ""]);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), Ct);

        var status = int.Parse((await _reader.ReadLineAsync(Ct))!.Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await _reader.ReadLineAsync(Ct) is { Length: > 0 } line)
            headers.Add(line.Split(": ")[0], line.Split(": ")[1]);

        await SkipBodyAsync(headers);
        return (status, headers.GetValueOrDefault("Connection", ""));
    }

    /// <summary>Waits until the server has closed the connection; it may send nothing more.</summary>
    public async Task ReadEndAsync() => Assert.Equal("", await _reader.ReadToEndAsync(Ct));

    public void Dispose()
    {
        _reader.Dispose();
        client.Dispose();
    }

    private async Task SkipBodyAsync(Dictionary<string, string> headers)
    {
        Assert.DoesNotContain("Transfer-Encoding", headers.Keys);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);

        // A read of nothing would wait for the next answer.
        if (length > 0)
            Assert.Equal(length, await _reader.ReadBlockAsync(new char[length], Ct));
    }
}
