using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Board;

/// <summary>From the login page.</summary>
public sealed record LoginRequest(string Name, string Password);

/// <summary>To the page: its user. When the token expires soon, the server sends a message on the connection.</summary>
public sealed record Session(string Token, string Name);

/// <summary>The endpoints from which the page gets its tokens.</summary>
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

        return IsPassword(login.Password, options.Value.Password)
            ? TypedResults.Ok(tokens.Issue(login.Name.Trim()))
            : TypedResults.Unauthorized();
    }

    /// <summary>Compares in a time that does not show how many letters are right.</summary>
    private static bool IsPassword(string text, string password) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(password));

    /// <summary>Takes a token that is still valid. A real application asks its identity provider, with a refresh token.</summary>
    private static Ok<Session> Renew(ClaimsPrincipal user, Tokens tokens) =>
        TypedResults.Ok(tokens.Issue(user.Identity!.Name!));
}
