using Microsoft.AspNetCore.Http;

namespace Krait.Controllers;

/// <summary>
/// Serves new connections by the current descriptor, because Hot Reload may add a handler while the program runs.
/// </summary>
/// <remarks>Open connections keep their handlers. The route and its metadata change only at a restart. Thread-safe.</remarks>
internal sealed class ReloadableEndpoint<TController>
    where TController : class, IWebSocketController<TController>
{
    private readonly IServiceProvider _services;
    private volatile Built _built;

    /// <summary>Builds the endpoint of the descriptor with which the controller is mapped.</summary>
    /// <exception cref="InvalidOperationException">The descriptor cannot be served as it is.</exception>
    public ReloadableEndpoint(WebSocketControllerDescriptor<TController> descriptor, IServiceProvider services)
    {
        _services = services;
        _built = new(HotReload.Edits, descriptor.BuildEndpoint(services));
    }

    /// <summary>Answers one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        // Read the count before the descriptor: after an edit in between, the next request builds again.
        var edits = HotReload.Edits;
        var built = _built;
        if (built.Edits != edits)
            _built = built = new(edits, TController.Descriptor.BuildEndpoint(_services));

        return built.Endpoint(context);
    }

    private sealed record Built(int Edits, RequestDelegate Endpoint);
}
