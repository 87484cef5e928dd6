using Krait;
using Krait.Connections;
using Krait.Controllers;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps WebSocket controllers to routes.</summary>
public static class KraitEndpointRouteBuilderExtensions
{
    /// <summary>Maps one controller.</summary>
    /// <remarks>
    /// The endpoint has no method constraint, so that HTTP/2's extended CONNECT reaches it. It has no request timeout. Another
    /// endpoint with the same pattern, such as a page's <c>MapGet</c>, gets the requests that do not ask for a WebSocket.
    /// </remarks>
    /// <typeparam name="TController">A class with <see cref="WebSocketControllerAttribute"/>.</typeparam>
    /// <param name="endpoints">Where to map it: an application or a route group.</param>
    /// <param name="pattern">
    /// A pattern that replaces the attribute's; null uses the attribute's. It must have every route value that the controller
    /// binds.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// <c>AddKrait</c> was not called, or the controller cannot be mapped as it is.
    /// </exception>
    public static IEndpointConventionBuilder MapWebSocketController<TController>(
        this IEndpointRouteBuilder endpoints, string? pattern = null)
        where TController : class, IWebSocketController<TController>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<ConnectionRegistry>() is null)
            throw new InvalidOperationException(
                "WebSocket controllers need services that are not registered: "
                + "call builder.Services.AddKrait() before the application is built.");

        var descriptor = TController.Descriptor;
        var endpoint = new ReloadableEndpoint<TController>(descriptor, endpoints.ServiceProvider);
        return endpoints
            .Map(pattern ?? descriptor.Pattern, endpoint.InvokeAsync)
            .WithMetadata(
                [.. descriptor.Metadata, new ControllerMetadata(typeof(TController)), new DisableRequestTimeoutAttribute()])
            .WithDisplayName(
                endpoint => $"WebSocket {(endpoint as RouteEndpointBuilder)?.RoutePattern.RawText} ({typeof(TController).Name})");
    }
}
