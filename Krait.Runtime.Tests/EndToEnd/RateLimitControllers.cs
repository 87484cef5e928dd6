using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Answers two messages at once, then two in a second; others wait.</summary>
[RateLimit(2)]
[WebSocketController("/rates/wait", ReceiveQueueCapacity = 8)]
internal sealed partial class WaitingController(Journal journal)
{
    [OnMessage]
    private string Echo(string message)
    {
        journal.Note(message);
        return message;
    }

    [OnClose]
    private void Close(CloseInfo why) => journal.Note(why);
}

/// <summary>The same by queue.</summary>
[RateLimit(2)]
[WebSocketController("/rates/queue", Delivery = MessageDelivery.Queue)]
internal sealed partial class WaitingQueueController(Journal journal)
{
    [Run]
    private async Task Run(ChannelReader<string> messages, CancellationToken stopping)
    {
        await foreach (var message in messages.ReadAllAsync(CancellationToken.None))
        {
            journal.Note(message);
            await SendAsync(message, stopping);
        }
    }

    [OnClose]
    private void Close(CloseInfo why) => journal.Note(why);
}

/// <summary>Says when the next message may come.</summary>
[RateLimit(2, WhenOver = WhenOver.Refuse)]
[WebSocketController("/rates/refuse")]
internal sealed partial class RefusingController
{
    [OnMessage]
    private static string Echo(string message) => message;

    [OnError]
    private static string Over(RateLimitedException error) => RateLimitTests.Over(error);
}

/// <summary>The same by queue.</summary>
[RateLimit(2, WhenOver = WhenOver.Refuse)]
[WebSocketController("/rates/refuse/queue", Delivery = MessageDelivery.Queue)]
internal sealed partial class RefusingQueueController
{
    [Run]
    private async Task Run(ChannelReader<string> messages, CancellationToken stopping)
    {
        await foreach (var message in messages.ReadAllAsync(stopping))
            await SendAsync(message, stopping);
    }

    [OnError]
    private static string Over(RateLimitedException error) => RateLimitTests.Over(error);
}

/// <summary>Has no [OnError] for what is refused.</summary>
[RateLimit(2, WhenOver = WhenOver.Refuse)]
[WebSocketController("/rates/untaken")]
internal sealed partial class UntakenController(Journal journal)
{
    [OnMessage]
    private static string Echo(string message) => message;

    [OnError]
    private static string Bad(InvalidMessageException error) => error.Message;

    [OnClose]
    private void Close(CloseInfo why) => journal.Note(why);
}

[RateLimit(2, WhenOver = WhenOver.Close)]
[WebSocketController("/rates/close")]
internal sealed partial class ClosingRateController(Journal journal)
{
    [OnMessage]
    private static string Echo(string message) => message;

    [OnError]
    private static string Over(RateLimitedException error) => RateLimitTests.Over(error);

    [OnClose]
    private void Close(CloseInfo why) => journal.Note(why);
}

/// <summary>Limits all messages, some of them more.</summary>
[RateLimit(4, WhenOver = WhenOver.Refuse)]
[WebSocketController("/rates/types")]
internal sealed partial class TypedRateController
{
    [OnMessage]
    private static string Take(RatedCommand message) => message.GetType().Name;

    [OnError]
    private static string Over(RateLimitedException error) => RateLimitTests.Over(error);

    [OnError]
    private static string Bad(InvalidMessageException error) => error.Kind.ToString();
}

[JsonDerivedType(typeof(Search), "search")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(Nod), "nod")]
internal abstract record RatedCommand;

[RateLimit(1, WhenOver = WhenOver.Refuse)]
internal record Search : RatedCommand;

/// <summary>Has the limit of its base, with which it shares.</summary>
internal sealed record Report : Search;

[RateLimit(1, WhenOver = WhenOver.Close)]
internal sealed record Leave : RatedCommand;

internal sealed record Nod : RatedCommand;

[WebSocketController("/rates/types/wait")]
internal sealed partial class TypedWaitController
{
    [OnMessage]
    private static string Take(Draw draw) => draw.Text;
}

/// <summary>Has no union, so all messages have its limit.</summary>
[RateLimit(1, PerSeconds = 2)]
internal sealed record Draw(string Text);

[JsonSerializable(typeof(RatedCommand)), JsonSerializable(typeof(Draw))]
internal sealed partial class RateJson : JsonSerializerContext;

/// <summary>Types that a codec tells apart.</summary>
[WebSocketController("/rates/codec")]
[MessageCodec(typeof(WordCodec))]
internal sealed partial class CodecRateController
{
    [OnMessage]
    private static string Take(Shouted shouted) => "shouted";

    [OnMessage]
    private static string Take(Murmured murmured) => "murmured";

    [OnError]
    private static string Over(RateLimitedException error) => RateLimitTests.Over(error);
}

internal abstract record Spoken;

[RateLimit(1, WhenOver = WhenOver.Refuse)]
internal sealed record Shouted : Spoken;

internal sealed record Murmured : Spoken;

internal sealed class WordCodec : IMessageDecoder<Spoken>
{
    public Spoken Decode(in ReceivedMessage message) =>
        message.Payload.FirstSpan[0] == '!' ? new Shouted() : new Murmured();
}

/// <summary>One message an hour for each user.</summary>
[RateLimit(1, PerSeconds = 3600, Per = RateLimitPer.User, WhenOver = WhenOver.Refuse)]
[WebSocketController("/rates/user")]
internal sealed partial class UserRateController
{
    [OnMessage]
    private static string Echo(string message) => message;

    [OnError]
    private static string Over(RateLimitedException error) => error.RetryAfter > TimeSpan.FromMinutes(50) ? "over" : "soon";
}
