using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Krait.Runtime.Tests.Telemetry;

[JsonDerivedType(typeof(Ask), "ask")]
[JsonDerivedType(typeof(Break), "break")]
[JsonDerivedType(typeof(Fragile), "fragile")]
public abstract record Question;

public sealed record Ask(string Text, [property: TraceParent] string? Trace = null) : Question;

public sealed record Fragile : Question
{
    [TraceParent, JsonIgnore]
    public string? Trace => throw new NotSupportedException();
}

public sealed record Break : Question;

public sealed record Answer(string Text);

[JsonSerializable(typeof(Question))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class MeasuredJson : JsonSerializerContext;

/// <summary>A controller whose telemetry the tests look at.</summary>
[WebSocketController("/measured/{room}", Protocols = "one, two", ProtocolRequired = false)]
internal sealed partial class MeasuredController([Room("measured")] IRoom<Answer> room)
{
    [OnUpgrade]
    private static UpgradeDecision Check(UpgradeRequest request) => request.HttpContext.Request.Query["token"] == "bad"
        ? UpgradeDecision.Deny(StatusCodes.Status403Forbidden)
        : UpgradeDecision.Accept(request.Protocols.FirstOrDefault(static protocol => protocol == "three"));

    [OnMessage]
    private static async Task<Answer> On(Ask ask)
    {
        await Task.Yield();
        return new(System.Diagnostics.Activity.Current?.DisplayName ?? ask.Text);
    }

    [OnMessage]
    private static Answer On(Fragile _) => new(System.Diagnostics.Activity.Current?.DisplayName ?? "none");

    [OnMessage]
    private void On(Break _) => room.Send(new("to all"));

    [OnError]
    private static Answer Failed(InvalidMessageException e) => new(e.Message);
}

/// <summary>A controller with a queue, whose telemetry the tests look at.</summary>
[WebSocketController("/measured-queue", Sends = typeof(string))]
internal sealed partial class MeasuredQueueController
{
    [Run]
    private async Task RunAsync(ChannelReader<string> messages, CancellationToken stopping)
    {
        await foreach (var message in messages.ReadAllAsync(stopping))
            await SendAsync(message, stopping);
    }
}
