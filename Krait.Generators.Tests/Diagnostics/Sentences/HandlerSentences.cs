using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of handlers: KRAIT040 to KRAIT049, but for the types of their messages.</summary>
internal static class HandlerSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Unfit("'Hear' is not a valid [OnMessage] handler: an [OnMessage] handler takes the message, and optionally services marked [FromServices] and a CancellationToken", "[OnMessage] void [|Hear|]() { }"),
        Unfit("'Hear' is not a valid [OnMessage] handler: 'number' is an extra parameter; an [OnMessage] handler takes the message, and optionally services marked [FromServices] and a CancellationToken", "[OnMessage] void Hear(string message, int [|number|]) { }"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: 'shop' is an extra parameter; an [OnMessage] handler takes the message, and optionally services marked [FromServices] and a CancellationToken",
            "public sealed class Shop;\n    [OnMessage] void Hear(string message, Shop [|shop|]) { }"),
        Beside(
            "'Run' is not a valid [Run] handler: Krait has no value for its parameter 'shop'; a [Run] method can take a ChannelReader or an IAsyncEnumerable of the messages, and a CancellationToken; take services in the constructor",
            "public sealed class Shop;\n    [Run] void Run([Microsoft.AspNetCore.Mvc.FromServices] Shop [|shop|]) { }"),
        Beside(
            "'Tell' is not a valid [OnPresence] handler: an [OnPresence] handler takes a PresenceChange, and optionally services marked [FromServices] and a CancellationToken",
            "[OnPresence] void [|Tell|]() { }"),
        Beside(
            "'Leave' is not a valid [OnDrain] handler: Krait has no value for its parameter 'why'; an [OnDrain] handler can take DrainInfo, services marked [FromServices] and a CancellationToken",
            "[OnDrain] void Leave(CloseInfo [|why|]) { }"),
        Beside(
            "'Leave' is not a valid [OnDrain] handler: 'again' is an extra parameter; an [OnDrain] handler can take DrainInfo, services marked [FromServices] and a CancellationToken",
            "[OnDrain] void Leave(DrainInfo drain, DrainInfo [|again|]) { }"),
        Beside(
            "'Warn' is not a valid [OnExpiring] handler: Krait has no value for its parameter 'when'; an [OnExpiring] handler can take ExpirationInfo, services marked [FromServices] and a CancellationToken",
            "[OnExpiring] void Warn(DateTimeOffset [|when|]) { }"),
        Beside(
            "'Warn' is not a valid [OnExpiring] handler: 'again' is an extra parameter; an [OnExpiring] handler can take ExpirationInfo, services marked [FromServices] and a CancellationToken",
            "[OnExpiring] void Warn(ExpirationInfo expiration, ExpirationInfo [|again|]) { }"),
        Beside(
            "'Warn' is not a valid [OnExpiring] handler: only [OnUpgrade] decides on an upgrade; return a message, or call Connection.Close",
            "[OnExpiring] [|UpgradeDecision|] Warn() => UpgradeDecision.Accept();"),
        Unfit("'Hear' is not a valid [OnMessage] handler: it is generic, and Krait cannot choose the types; remove its type parameters", "[OnMessage] void Hear[|<T>|](string message) { }"),
        Unfit("'Hear' is not a valid [OnMessage] handler: its parameter 'message' is passed by reference; remove the modifier", "[OnMessage] void Hear([|in|] string message) { }"),
        Unfit("'Hear' is not a valid [OnMessage] handler: it returns by reference; remove 'ref'", "private string text = \"\";\n    [OnMessage] [|ref string|] Hear(string message) => ref text;"),
        Unfit("'get_Heard' is not a valid [OnMessage] handler: a handler must be an ordinary method; move the attribute to one", "private string Heard { [OnMessage] [|get|] => \"\"; }"),
        Unfit("'Hear' is not a valid [OnMessage] handler: it may return null, and Krait cannot wait for null; remove the '?'", "[OnMessage] [|Task?|] Hear(string message) => null;"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: C# would call another overload, which has a higher [OverloadResolutionPriority]; rename one of them",
            "[OnMessage] void [|Hear|](string message) { }\n    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)] static void Hear(object message, int count = 1) { }"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: an Encoded is sent with Connection.SendAsync; return the message itself",
            "[OnMessage] [|Encoded<string>?|] Hear(string message) => null;"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: a ChannelReader is not a message; return its ReadAllAsync()",
            "[OnMessage] [|System.Threading.Channels.ChannelReader<string>?|] Hear(string message) => null;"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: there is no HTTP response after the upgrade; return a message",
            "[OnMessage] async [|Task<IResult>|] Hear(string message) { await Task.Yield(); return Results.Ok(message); }"),
        Unfit(
            "'Hear' is not a valid [OnMessage] handler: it returns a task in a task; await the inner one",
            "[OnMessage] async [|Task<Task<string>>|] Hear(string message) { await Task.Yield(); return Task.FromResult(message); }"),
        Beside(
            "'Greet' is not a valid [OnOpen] handler: only [OnUpgrade] decides on an upgrade; return a message, or call Connection.Close",
            "[OnOpen] [|UpgradeDecision|] Greet() => UpgradeDecision.Accept();"),
        Beside("'Fail' is not a valid [OnError] handler: an [OnError] handler takes an exception, and optionally the message that failed, services marked [FromServices] and a CancellationToken", "[OnError] void [|Fail|]() { }"),
        Beside("'Fail' is not a valid [OnError] handler: 'failed' must be nullable, because some errors belong to no message; add '?'", "[OnError] void Fail(Exception error, [|string|] failed) { }"),
        Beside("'End' is not a valid [OnClose] handler: an [OnClose] handler returns nothing, Task or ValueTask", "[OnClose] [|string|] End(CloseInfo info) => \"\";"),
        Beside("'End' is not a valid [OnClose] handler: Krait has no value for its parameter 'info'; an [OnClose] handler can take CloseInfo, services marked [FromServices] and a CancellationToken", "[OnClose] void End(string [|info|]) { }"),
        Beside("'Check' is not a valid [OnUpgrade] handler: an [OnUpgrade] handler returns an UpgradeDecision, or a Task or ValueTask of it", "[OnUpgrade] static [|bool|] Check() => true;"),
        Beside("'Check' is not a valid [OnUpgrade] handler: an [OnUpgrade] handler returns an UpgradeDecision, or a Task or ValueTask of it", "[OnUpgrade] static async [|void|] Check() => await Task.Yield();"),
        Beside("'Run' is not a valid [Run] handler: a [Run] method returns nothing, Task, ValueTask or an IAsyncEnumerable of messages to send", "[Run] [|int|] Run() => 1;"),
        Beside("'Run' is not a valid [Run] handler: Krait has no value for its parameter 'number'; a [Run] method can take a ChannelReader or an IAsyncEnumerable of the messages, and a CancellationToken; take services in the constructor", "[Run] void Run(int [|number|]) { }"),
        Sentence.Beside(
            DiagnosticIds.RepeatedHandler, "'GreetAgain' is a second [OnOpen] handler of 'A', which can have only one; call it from 'Greet', or remove it", "[OnOpen] void Greet() { } [OnOpen] void [|GreetAgain|]() { }"),
        Sentence.Beside(
            DiagnosticIds.RepeatedHandler, "'WarnAgain' is a second [OnExpiring] handler of 'A', which can have only one; call it from 'Warn', or remove it", "[OnExpiring] void Warn() { } [OnExpiring] void [|WarnAgain|]() { }"),
        new(DiagnosticIds.ContradictoryDelivery,
            "'Echo' is an [OnMessage] handler, but Delivery is Queue; set Delivery to Event, or take the messages in [Run]",
            "[WebSocketController(\"/a\", Delivery = MessageDelivery.Queue)]\npublic sealed partial class A\n{\n    [OnMessage] string [|Echo|](string message) => message;\n}"),
        new(DiagnosticIds.ContradictoryDelivery,
            "'Run' takes the messages, but in Event delivery only [OnMessage] handlers do; set Delivery to Queue, or remove the parameter",
            "[WebSocketController(\"/a\", Delivery = MessageDelivery.Event)]\npublic sealed partial class A\n{\n    [Run] IAsyncEnumerable<string> Run(IAsyncEnumerable<string> [|messages|]) => messages;\n}"),
        Sentence.Beside(
            DiagnosticIds.ContradictoryDelivery,
            "'Run' takes the messages, but in Event delivery only [OnMessage] handlers do; remove the parameter, or the [OnMessage] handlers",
            "[Run] IAsyncEnumerable<string> Run(IAsyncEnumerable<string> [|messages|]) => messages;"),
        Sentence.OfMembers(
            DiagnosticIds.AsyncVoidHandler, "'Hear' is async void, so Krait can neither wait for it nor catch its exceptions; return ValueTask", "[OnMessage] async [|void|] Hear(string message) => await SendAsync(message);"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler, "'Again' is never called, because 'Echo' already takes every 'string'; remove one of them", "[OnMessage] string Again([|string|] message) => message;"),
        new(DiagnosticIds.UnreachableHandler,
            "'Other' is never called, because 'Echo' already takes every 'string'; remove one of them",
            "[WebSocketController(\"/a\", Receives = typeof(string))]\npublic sealed partial class A\n{\n    [OnMessage] string Echo(string message) => message;\n    [OnMessage] string Other([|object|] message) => $\"{message}\";\n}"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler,
            "'Again' is never called, because 'Fail' already takes every 'IOException'; remove one of them",
            "[OnError] void Fail(IOException error) { } [OnError] void Again(string? message, [|IOException|] error) { }"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler,
            "'Keep' is never called, because 'Take' already takes every binary frame; remove one of them",
            "[OnMessage] void Take(byte[] message) { } [OnMessage] void Keep([|RawMessage|] message) { }"),
        Sentence.Beside(
            DiagnosticIds.InstanceOnUpgrade,
            "'Check' runs before the upgrade, when the controller does not exist yet; make it static",
            "[OnUpgrade] UpgradeDecision [|Check|](UpgradeRequest request) => request.Protocols.Count > 4 ? UpgradeDecision.Deny(400) : UpgradeDecision.Accept();"),
        Sentence.OfMembers(
            DiagnosticIds.EndpointAttribute,
            "[Authorize] has no effect on the handler 'Hear', because ASP.NET Core reads it only from the class; move it to 'A', or split the controller",
            "[OnMessage, [|Microsoft.AspNetCore.Authorization.Authorize(Roles = \"admin\")|]] void Hear(string message) { }"),
    ];

    private static Sentence Unfit(string text, string members) => Sentence.OfMembers(DiagnosticIds.UnfitHandler, text, members);

    private static Sentence Beside(string text, string members) => Sentence.Beside(DiagnosticIds.UnfitHandler, text, members);
}
