using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>Tells a client that went away from a fault.</summary>
internal static class DisconnectExtensions
{
    /// <summary>Says whether an exception only means that the client of the request is gone.</summary>
    /// <remarks>Servers call the response of an aborted request cancelled, broken or disposed.</remarks>
    public static bool IsDisconnectOf(this Exception exception, HttpContext context) =>
        exception is OperationCanceledException or IOException or ObjectDisposedException
            && context.RequestAborted.IsCancellationRequested;
}
