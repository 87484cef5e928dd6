namespace Krait.Controllers;

/// <summary>The end of a controller.</summary>
internal static class ControllerDisposal
{
    /// <summary>Disposes a controller that can be disposed.</summary>
    public static ValueTask DisposeAsync(object controller)
    {
        if (controller is IAsyncDisposable asyncDisposable)
            return asyncDisposable.DisposeAsync();

        (controller as IDisposable)?.Dispose();
        return default;
    }
}
