using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>A controller that has a reason to refuse any request.</summary>
[MaxConnections(1, Per = Partition.Address)]
[WebSocketController("/choosy/{number}", Protocols = "one")]
internal sealed partial class ChoosyController([FromRoute] int number)
{
    [OnUpgrade]
    private static UpgradeDecision Check(UpgradeRequest request) => request.HttpContext.Request.Query["do"].ToString() switch
    {
        "deny" => UpgradeDecision.Deny(StatusCodes.Status403Forbidden),
        "fail" => throw new NotSupportedException(),
        _ => UpgradeDecision.Accept(),
    };

    [OnMessage]
    private string Answer(string text) => $"{number}: {text}";
}
