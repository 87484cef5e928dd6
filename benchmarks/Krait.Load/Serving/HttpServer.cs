using System.Text;

namespace Krait.Load.Serving;

/// <summary>The smallest answer over plain HTTP: the server's transport and Kestrel's parser, and nothing of Krait's messages.</summary>
internal static class HttpServer
{
    public const string Path = "/hello";
    public const string Body = "Hello";

    private static readonly byte[] Bytes = Encoding.ASCII.GetBytes(Body);

    public static void Map(WebApplication app) => app.MapGet(Path, static context =>
    {
        context.Response.ContentLength = Bytes.Length; // else Kestrel would send it in chunks
        context.Response.ContentType = "text/plain";
        return context.Response.Body.WriteAsync(Bytes).AsTask();
    });
}
