using Microsoft.AspNetCore.Http;

namespace Krait;

/// <summary>The decision of [OnUpgrade]: accept the connection, or deny it with an HTTP response.</summary>
public sealed class UpgradeDecision
{
    private UpgradeDecision()
    {
    }

    internal bool IsAccepted { get; private init; }

    internal string? Protocol { get; private init; }

    internal int StatusCode { get; private init; }

    internal string? Detail { get; private init; }

    internal IResult? Result { get; private init; }

    /// <summary>Accepts the connection.</summary>
    /// <param name="protocol">The subprotocol, which the client must have offered; null keeps the negotiated one.</param>
    public static UpgradeDecision Accept(string? protocol = null) => new() { IsAccepted = true, Protocol = protocol };

    /// <summary>Denies the connection with a problem+json body.</summary>
    /// <param name="statusCode">An HTTP error status: 400 to 599.</param>
    /// <param name="detail">The text that the client gets.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="statusCode"/> is not an error.</exception>
    public static UpgradeDecision Deny(int statusCode, string? detail = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 599);
        return new() { StatusCode = statusCode, Detail = detail };
    }

    /// <summary>
    /// Denies the connection with your own response. Krait sends its status, headers and body unchanged.
    /// </summary>
    public static UpgradeDecision Deny(IResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new() { Result = result };
    }
}
