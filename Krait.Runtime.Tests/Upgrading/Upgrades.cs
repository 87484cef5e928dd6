using System.Text;
using System.Text.Json;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Opening handshakes by hand, and what refuses them.</summary>
internal static class Upgrades
{
    /// <summary>Makes a client's opening handshake over HTTP/1.1.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="changes">Headers to add or to replace; a null value leaves a header out.</param>
    public static HttpRequestMessage Request(string path, params (string Name, string? Value)[] changes)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        Add(request, "Connection", "Upgrade");
        Add(request, "Upgrade", "websocket");
        Add(request, "Sec-WebSocket-Version", "13");
        Add(request, "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        foreach (var (name, value) in changes)
        {
            request.Headers.Remove(name);
            if (value is not null)
                Add(request, name, value);
        }

        return request;
    }

    /// <summary>Makes a client's opening handshake as bytes.</summary>
    public static byte[] Raw(string path, string protocol = "HTTP/1.1") => Encoding.ASCII.GetBytes(
        $"GET /{path} {protocol}\r\nHost: localhost\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    /// <summary>Makes an extended CONNECT over HTTP/2 (RFC 8441).</summary>
    public static HttpRequestMessage ExtendedConnect(string path, params (string Name, string? Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Connect, path) { Version = new(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Protocol = "websocket";
        Add(request, "Sec-WebSocket-Version", "13");
        foreach (var (name, value) in headers)
            Add(request, name, value);

        return request;
    }

    /// <summary>Asks, and returns the answer as soon as its headers are there.</summary>
    public static Task<HttpResponseMessage> AskAsync(this HttpClient client, HttpRequestMessage request) =>
        client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

    /// <summary>Reads the problem that a refusal carries, and checks that it is one.</summary>
    /// <returns>Its detail.</returns>
    public static async Task<string?> ProblemAsync(this HttpResponseMessage response)
    {
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("about:blank", problem.RootElement.GetProperty("type").GetString());
        Assert.NotEqual("", problem.RootElement.GetProperty("title").GetString());
        Assert.Equal((int)response.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
    }

    private static void Add(HttpRequestMessage request, string name, string? value) =>
        Assert.True(request.Headers.TryAddWithoutValidation(name, value));
}
