using System.Diagnostics.CodeAnalysis;
using Krait.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>An answer that does not upgrade: a status and a reason, or the controller's own response.</summary>
internal sealed record UpgradeRefusal
{
    public UpgradeRefusal(int statusCode, string? detail, params IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        StatusCode = statusCode;
        Detail = detail;
        Headers = headers;
    }

    /// <summary>Refuses with the decision of the controller's [OnUpgrade].</summary>
    [SetsRequiredMembers]
    public UpgradeRefusal(UpgradeDecision denial)
        : this(denial.StatusCode, denial.Detail) => (Result, IsDenial, Reason) = (denial.Result, true, RefusalReason.Denied);

    public int StatusCode { get; }

    /// <summary>The reason, for metrics.</summary>
    public required RefusalReason Reason { get; init; }

    /// <summary>The reason, for the client and the log.</summary>
    public string? Detail { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The controller's own response; it replaces everything else.</summary>
    public IResult? Result { get; }

    /// <summary>Whether [OnUpgrade] refuses, not Krait.</summary>
    public bool IsDenial { get; }

    /// <summary>Whether its cause is already logged.</summary>
    public bool IsLogged { get; init; }
}
