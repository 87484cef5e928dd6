using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Board;

/// <summary>Issues tokens, and says which ones are valid.</summary>
public sealed partial class Tokens
{
    private const string Issuer = "krait-board";

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider clock;
    private readonly TimeSpan lifetime;
    private readonly SymmetricSecurityKey key;

    public Tokens(IOptions<BoardOptions> options, TimeProvider clock, ILogger<Tokens> logger)
    {
        this.clock = clock;
        lifetime = options.Value.TokenLifetime;
        key = new(options.Value.Key is { } set ? Convert.FromBase64String(set) : RandomNumberGenerator.GetBytes(32));
        if (options.Value.Key is null)
            KeyIsRandom(logger);
    }

    /// <summary>How the server checks the tokens that it gets.</summary>
    public TokenValidationParameters Validation => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Issuer,
        IssuerSigningKey = key,
        ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
        NameClaimType = JwtRegisteredClaimNames.Name,
        LifetimeValidator = (_, expires, _, _) => expires > clock.GetUtcNow().UtcDateTime, // no clock skew: one server
    };

    /// <summary>Issues a token to a user who has logged in.</summary>
    public Session Issue(string name)
    {
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Issuer,
            Claims = new Dictionary<string, object>
            {
                [JwtRegisteredClaimNames.Sub] = name.ToUpperInvariant(), // "ada" and "Ada" are the same user
                [JwtRegisteredClaimNames.Name] = name,
            },
            Expires = (clock.GetUtcNow() + lifetime).UtcDateTime,
            SigningCredentials = new(key, SecurityAlgorithms.HmacSha256),
        });
        return new(token, name);
    }

    [LoggerMessage(LogLevel.Warning, "Board:Key is not set, so tokens are valid only until this process ends.")]
    private static partial void KeyIsRandom(ILogger logger);
}
