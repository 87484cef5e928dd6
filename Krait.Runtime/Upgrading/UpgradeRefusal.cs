using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>An answer that is no upgrade: a status and a reason, or a response of the controller's own.</summary>
internal sealed record UpgradeRefusal
{
    public UpgradeRefusal(int statusCode, string? detail, params IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        StatusCode = statusCode;
        Detail = detail;
        Headers = headers;
    }

    /// <summary>Refuses with what the controller's [OnUpgrade] denied with.</summary>
    public UpgradeRefusal(UpgradeDecision denial)
        : this(denial.StatusCode, denial.Detail) => Result = denial.Result;

    public int StatusCode { get; }

    /// <summary>What the client is told.</summary>
    public string? Detail { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The response of the controller's own; it takes the place of everything else.</summary>
    public IResult? Result { get; }
}
