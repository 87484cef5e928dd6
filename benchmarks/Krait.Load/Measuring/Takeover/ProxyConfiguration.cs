using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>The configuration of a proxy that docs/deploying.md shows, with the addresses of this machine.</summary>
internal static class ProxyConfiguration
{
    /// <summary>The file to which nginx writes errors.</summary>
    public const string ErrorLog = "error.log";

    private const string Page = "docs/deploying.md";

    /// <summary>Completes the configuration.</summary>
    /// <param name="proxy">haproxy or nginx.</param>
    /// <param name="port">Where the proxy listens.</param>
    /// <param name="servers">The ports of the two servers.</param>
    /// <param name="directory">Where the proxy may write.</param>
    public static string For(string proxy, int port, IReadOnlyList<int> servers, string directory)
    {
        var text = Block(proxy)
            .Replace("10.0.0.1:8080", Address(servers[0]), StringComparison.Ordinal)
            .Replace("10.0.0.2:8080", Address(servers[1]), StringComparison.Ordinal);
        return proxy == "haproxy" ? Haproxy(text, port) : Nginx(text, port, directory);
    }

    private static string Haproxy(string text, int port) => $"""
        {text}
        frontend front
            bind {Address(port)}
            default_backend feed

        """;

    private static string Nginx(string text, int port, string directory) => $$"""
        daemon off;
        pid {{directory}}/nginx.pid;
        error_log {{directory}}/{{ErrorLog}};
        events { worker_connections 4096; }
        http {
        access_log off;
        client_body_temp_path {{directory}}/body;
        proxy_temp_path {{directory}}/proxy;
        {{text.Replace("server {\n", $"server {{\n    listen {Address(port)};\n", StringComparison.Ordinal)}}
        }

        """;

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>The code block of the page in that language.</summary>
    /// <exception cref="InvalidOperationException">There is no page, or no block.</exception>
    private static string Block(string language)
    {
        var text = File.ReadAllText(Path.Combine(Repository(), Page));
        var parts = text.Split($"```{language}\n", 2);
        return parts.Length == 2
            ? parts[1].Split("```", 2)[0]
            : throw new InvalidOperationException($"{Page} has no block '{language}'.");
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Page)))
                return folder.FullName;
        }

        throw new InvalidOperationException($"There is no {Page} above the program.");
    }
}
