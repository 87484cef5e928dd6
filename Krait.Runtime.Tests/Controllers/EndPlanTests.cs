using System.Net.WebSockets;
using Krait.Connections;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>The table of ends in docs/lifecycle.md is the one that the runtime follows.</summary>
public sealed class EndPlanTests
{
    private const string Header = "| cause | messages that wait for a handler | sends | `Stopping` fires | the close frame leaves |";

    private static readonly Dictionary<string, EndPlan> Documented = ReadTable().ToDictionary(row => row[0], PlanOf);

    [Fact]
    public void The_documentation_has_a_row_for_every_cause() =>
        Assert.Equal(Enum.GetNames<CloseCause>().SelectMany(RowsOf).Order(StringComparer.Ordinal), Documented.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_row_is_what_the_runtime_follows() => Assert.All(Documented, row => Assert.Equal(Followed(row.Key), row.Value));

    private static string[] RowsOf(string cause) =>
        cause == nameof(CloseCause.ServerClosed) ? [$"`{cause}` by `Close`", $"`{cause}` by `Abort`"] : [$"`{cause}`"];

    private static EndPlan Followed(string cause)
    {
        var status = cause.EndsWith("`Abort`", StringComparison.Ordinal) ? 1006 : 1000;
        return EndPlan.Of(new((WebSocketCloseStatus)status, null, Enum.Parse<CloseCause>(cause.Split('`')[1])));
    }

    private static EndPlan PlanOf(string[] row) => new(
        row[1] switch { "handled" => WaitingMessages.Handle, "dropped" => WaitingMessages.Drop, _ => throw Unknown(row[1]) },
        row[2] switch { "kept" => LateSends.Keep, "discarded" => LateSends.Discard, "refused" => LateSends.Refuse, _ => throw Unknown(row[2]) },
        row[3] switch { "now" => StoppingTime.Now, "after the line" => StoppingTime.AfterLine, _ => throw Unknown(row[3]) },
        row[4] switch { "now" => CloseFrameTime.Now, "after the handlers" => CloseFrameTime.AfterHandlers, "never" => CloseFrameTime.Never, _ => throw Unknown(row[4]) });

    private static FormatException Unknown(string word) => new($"The table of docs/lifecycle.md says '{word}'.");

    private static IEnumerable<string[]> ReadTable() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "lifecycle.md"))
            .SkipWhile(line => line != Header)
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));
}
