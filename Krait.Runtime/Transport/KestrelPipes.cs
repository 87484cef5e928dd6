using System.IO.Pipelines;
using System.Net.Security;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Krait.Transport;

/// <summary>
/// The pipes below an upgraded HTTP/1.1 stream of Kestrel (with TLS: the decrypted ones). Using them saves the layers of the
/// stream, the request's body and the response.
/// </summary>
/// <param name="Input">
/// Holds no buffer while nothing arrives. Null if another server, or a middleware in between, does the upgrade.
/// </param>
/// <param name="Output">
/// Only a <see cref="Pipe"/>'s own or an <see cref="IConcurrentPipeWriter"/>, and only for whole calls of
/// <see cref="PipeWriter.WriteAsync"/>: the server may complete it at any moment, from which its lock keeps such a call apart.
/// Else null, as under TLS, and writes go through the stream, which has a lock for that.
/// </param>
/// <param name="Peer">The state of the connection in the kernel, if it can be read.</param>
/// <param name="Tls">The TLS stream between the pipes and TCP, if there is one.</param>
internal readonly record struct KestrelPipes(
    PipeReader? Input, PipeWriter? Output, IPeerProgress? Peer = null, SslStream? Tls = null)
{
    private static readonly Type WriterOfPipe = new Pipe().Writer.GetType();

    /// <summary>Finds the pipes that can be used.</summary>
    public static KestrelPipes Find(IFeatureCollection features)
    {
        if (features.Get<IHttpUpgradeFeature>()?.GetType().Assembly != typeof(KestrelServer).Assembly
            || features.Get<IConnectionTransportFeature>() is not { Transport: var pipes })
            return default;

        var output = pipes.Output is IConcurrentPipeWriter || pipes.Output.GetType() == WriterOfPipe ? pipes.Output : null;
        return new(pipes.Input, output, TcpProgress.Find(features), features.Get<ISslStreamFeature>()?.SslStream);
    }
}
