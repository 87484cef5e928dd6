using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Transport;

/// <summary>The pipe that an upgraded HTTP/1.1 stream of Kestrel reads from, the decrypted one under TLS.</summary>
/// <remarks>
/// Reading it saves the async layers of the stream, of the request's body and of the wait without a buffer: the pipe holds none while nothing comes. Only the
/// reading side: writes must go through the stream, whose lock keeps them apart from the server's own abort.
/// </remarks>
internal static class KestrelInput
{
    /// <summary>Finds the pipe; null where another server, or a middleware that stands between, does the upgrade.</summary>
    public static PipeReader? Find(IFeatureCollection features) =>
        features.Get<IHttpUpgradeFeature>()?.GetType().Assembly == typeof(KestrelServer).Assembly
            ? features.Get<IConnectionTransportFeature>()?.Transport.Input
            : null;
}
