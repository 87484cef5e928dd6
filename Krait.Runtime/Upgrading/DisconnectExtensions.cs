using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>Distinguishes a client that went away from a fault.</summary>
internal static class DisconnectExtensions
{
    /// <summary>Says whether an exception only means that the client of the request is gone.</summary>
    /// <remarks>After an abort, servers throw exceptions of cancellation, of I/O or of a disposed object.</remarks>
    public static bool IsDisconnectOf(this Exception exception, HttpContext context) =>
        exception is OperationCanceledException or IOException or ObjectDisposedException
            && context.RequestAborted.IsCancellationRequested;
}
