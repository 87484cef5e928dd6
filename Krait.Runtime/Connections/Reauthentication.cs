using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Connections;

/// <summary>Authenticates the user of a connection anew, as an upgrade with another token would.</summary>
internal static class Reauthentication
{
    /// <summary>Authenticates a token, and judges the policies of the endpoint anew.</summary>
    /// <param name="upgrade">The request that became the connection.</param>
    /// <param name="token">The bearer token.</param>
    /// <param name="scopes">Makes the services for this.</param>
    /// <returns>The ticket; null if the token or a policy fails.</returns>
    public static async Task<AuthenticationTicket?> AuthenticateAsync(
        HttpContext upgrade, string token, IServiceScopeFactory scopes)
    {
        var endpoint = upgrade.GetEndpoint();
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            var context = Request(upgrade, token, scope.ServiceProvider);
            context.SetEndpoint(endpoint);
            var policy = await PolicyOfAsync(endpoint, scope.ServiceProvider).ConfigureAwait(false);
            var result = await AuthenticateAsync(context, policy).ConfigureAwait(false);
            return result.Succeeded && await MeetsAsync(policy, result, context).ConfigureAwait(false) ? result.Ticket : null;
        }
    }

    /// <summary>Whether a user may replace another: it must be the same user, or the first one must be anonymous.</summary>
    public static bool MayReplace(ClaimsPrincipal present, ClaimsPrincipal user) =>
        present.Identity is not { IsAuthenticated: true }
        || (present.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && user.FindFirstValue(ClaimTypes.NameIdentifier) == id);

    /// <summary>Uses the schemes of the policy. If it names none, uses the default scheme, like the middleware.</summary>
    private static async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, AuthorizationPolicy? policy)
    {
        if (policy is { AuthenticationSchemes.Count: > 0 })
            return await Evaluator(context).AuthenticateAsync(policy, context).ConfigureAwait(false);

        var result = await context.AuthenticateAsync().ConfigureAwait(false);
        if (result.Succeeded)
            context.User = result.Principal;

        return result;
    }

    private static async Task<bool> MeetsAsync(AuthorizationPolicy? policy, AuthenticateResult user, HttpContext context)
    {
        if (policy is null)
            return true;

        var verdict = await Evaluator(context).AuthorizeAsync(policy, user, context, resource: context).ConfigureAwait(false);
        return verdict.Succeeded;
    }

    private static IPolicyEvaluator Evaluator(HttpContext context) =>
        context.RequestServices.GetRequiredService<IPolicyEvaluator>();

    private static async Task<AuthorizationPolicy?> PolicyOfAsync(Endpoint? endpoint, IServiceProvider services)
    {
        if (endpoint is null
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || services.GetService<IAuthorizationPolicyProvider>() is not { } policies)
        {
            return null;
        }

        return await AuthorizationPolicy.CombineAsync(
            policies,
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(),
            endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
    }

    private static DefaultHttpContext Request(HttpContext upgrade, string token, IServiceProvider services)
    {
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = upgrade.Request.Method;
        context.Request.Scheme = upgrade.Request.Scheme;
        context.Request.Host = upgrade.Request.Host;
        context.Request.PathBase = upgrade.Request.PathBase;
        context.Request.Path = upgrade.Request.Path;
        context.Request.RouteValues = new(upgrade.Request.RouteValues);
        context.Connection.RemoteIpAddress = upgrade.Connection.RemoteIpAddress;
        context.Request.Headers.Authorization = "Bearer " + token;
        return context;
    }
}
