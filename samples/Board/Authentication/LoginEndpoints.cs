using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Board;

/// <summary>From the login page.</summary>
public sealed record LoginRequest(string Name, string Password);

/// <summary>To the page: who it is, and for how many seconds.</summary>
public sealed record Session(string Token, string Name, double Seconds);

/// <summary>Where the page gets its tokens.</summary>
public static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder app)
    {
        app.MapPost("/login", LogIn);
        app.MapPost("/renew", Renew).RequireAuthorization();
    }

    private static Results<Ok<Session>, BadRequest, UnauthorizedHttpResult> LogIn(
        LoginRequest login, Tokens tokens, IOptions<BoardOptions> options)
    {
        if (!BoardText.IsName(login.Name))
            return TypedResults.BadRequest();

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(login.Password), Encoding.UTF8.GetBytes(options.Value.Password)))
            return TypedResults.Unauthorized();

        return TypedResults.Ok(tokens.Issue(login.Name.Trim()));
    }

    /// <summary>Takes a token that is still valid. A real application would ask its identity provider, with a refresh token.</summary>
    private static Ok<Session> Renew(ClaimsPrincipal user, Tokens tokens) => TypedResults.Ok(tokens.Issue(user.Identity!.Name!));
}
