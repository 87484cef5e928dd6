using Microsoft.AspNetCore.Http.Features;

namespace Krait.Load.Serving;

/// <summary>Upgraded connections that hold no buffer and do nothing: what Kestrel itself keeps of an idle one.</summary>
internal static class RawServer
{
    public static void Map(WebApplication app) => app.Map("/raw", async context =>
    {
        context.Response.Headers.Upgrade = "websocket";
        await using var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        _ = await stream.ReadAsync(Memory<byte>.Empty);
    });
}
