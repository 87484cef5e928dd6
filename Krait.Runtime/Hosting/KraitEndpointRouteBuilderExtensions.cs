using Krait;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps WebSocket controllers to routes.</summary>
public static class KraitEndpointRouteBuilderExtensions
{
    /// <summary>Maps one controller.</summary>
    /// <typeparam name="TController">A class with <see cref="WebSocketControllerAttribute"/>.</typeparam>
    /// <param name="endpoints">Where to map it: an application or a route group.</param>
    /// <param name="pattern">Another pattern than the attribute's; it must have every route value that the controller binds.</param>
    /// <exception cref="InvalidOperationException"><c>AddKrait</c> was not called, or the controller cannot be mapped as it is.</exception>
    public static IEndpointConventionBuilder MapWebSocketController<TController>(this IEndpointRouteBuilder endpoints, string? pattern = null)
        where TController : class, IWebSocketController<TController> => throw new NotImplementedException();
}
