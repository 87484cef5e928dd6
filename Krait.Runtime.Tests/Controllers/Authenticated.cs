using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>A request whose authentication ends at a time.</summary>
internal sealed class Authenticated(DateTimeOffset end) : IAuthenticateResultFeature
{
    public AuthenticateResult? AuthenticateResult { get; set; } =
        AuthenticateResult.Success(new(new ClaimsPrincipal(), new AuthenticationProperties { ExpiresUtc = end }, "test"));

    public static void Until(DateTimeOffset end, HttpContext context) =>
        context.Features.Set<IAuthenticateResultFeature>(new Authenticated(end));
}
