using Krait.Controllers;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Krait.Hosting;

/// <summary>
/// Allows a page and a WebSocket at one URL: requests for a WebSocket go to the controller, others to the other endpoint.
/// </summary>
/// <remarks>
/// Without it routing prefers the endpoint that names its method, and <c>MapGet</c> would take every upgrade over HTTP/1.1. Only
/// endpoints of the same order and precedence share; a fallback or a catch-all stays behind the controller, as it would behind
/// any endpoint.
/// </remarks>
internal sealed class WebSocketMatcherPolicy : MatcherPolicy, IEndpointSelectorPolicy
{
    /// <inheritdoc/>
    public override int Order => 0;

    /// <inheritdoc/>
    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) =>
        endpoints.Any(IsController) && !endpoints.All(IsController);

    /// <inheritdoc/>
    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var asksForWebSocket = OpeningHandshake.CarrierOf(httpContext) != UpgradeCarrier.None;
        for (var controller = 0; controller < candidates.Count; controller++)
        {
            if (!candidates.IsValidCandidate(controller) || !IsController(candidates[controller].Endpoint))
                continue;

            for (var other = 0; other < candidates.Count; other++)
            {
                if (candidates.IsValidCandidate(other) && Share(candidates[controller].Endpoint, candidates[other].Endpoint))
                    candidates.SetValidity(asksForWebSocket ? other : controller, false);
            }
        }

        return Task.CompletedTask;
    }

    private static bool IsController(Endpoint endpoint) => endpoint.Metadata.GetMetadata<ControllerMetadata>() is not null;

    private static bool Share(Endpoint controller, Endpoint other) =>
        !IsController(other)
        && controller is RouteEndpoint one
        && other is RouteEndpoint two
        && one.Order == two.Order
        && one.RoutePattern.InboundPrecedence == two.RoutePattern.InboundPrecedence;
}
