using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of handlers: KRAIT040 to KRAIT049, but for the types of their messages.</summary>
internal static class HandlerSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Unfit("'Hear' cannot serve as [OnMessage]: an [OnMessage] handler takes the message, services marked [FromServices], and optionally a CancellationToken", "[OnMessage] void [|Hear|]() { }"),
        Unfit("'Hear' cannot serve as [OnMessage]: 'number' is one parameter too many; an [OnMessage] handler takes the message, services marked [FromServices], and optionally a CancellationToken", "[OnMessage] void Hear(string message, int [|number|]) { }"),
        Unfit(
            "'Hear' cannot serve as [OnMessage]: 'shop' is one parameter too many; an [OnMessage] handler takes the message, services marked [FromServices], and optionally a CancellationToken",
            "public sealed class Shop;\n    [OnMessage] void Hear(string message, Shop [|shop|]) { }"),
        Beside(
            "'Run' cannot serve as [Run]: nothing fits its parameter 'shop'; a [Run] method takes optionally a ChannelReader or an IAsyncEnumerable of the messages, and optionally a CancellationToken; take services in the constructor",
            "public sealed class Shop;\n    [Run] void Run([Microsoft.AspNetCore.Mvc.FromServices] Shop [|shop|]) { }"),
        Unfit("'Hear' cannot serve as [OnMessage]: it is generic, and nothing says with which types to call it; remove its type parameters", "[OnMessage] void Hear[|<T>|](string message) { }"),
        Unfit("'Hear' cannot serve as [OnMessage]: its parameter 'message' is passed by reference; remove the modifier", "[OnMessage] void Hear([|in|] string message) { }"),
        Unfit("'Hear' cannot serve as [OnMessage]: it returns a reference; remove 'ref'", "private string text = \"\";\n    [OnMessage] [|ref string|] Hear(string message) => ref text;"),
        Unfit("'get_Heard' cannot serve as [OnMessage]: a handler is an ordinary method; move the attribute to one", "private string Heard { [OnMessage] [|get|] => \"\"; }"),
        Unfit("'Hear' cannot serve as [OnMessage]: what it returns may be null, and then there is nothing to wait for; remove the '?'", "[OnMessage] [|Task?|] Hear(string message) => null;"),
        Beside("'Fail' cannot serve as [OnError]: an [OnError] handler takes an exception, optionally the message that failed, services marked [FromServices], and optionally a CancellationToken", "[OnError] void [|Fail|]() { }"),
        Beside("'Fail' cannot serve as [OnError]: 'failed' must be nullable, since some errors belong to no message", "[OnError] void Fail(Exception error, [|string|] failed) { }"),
        Beside("'End' cannot serve as [OnClose]: an [OnClose] handler returns nothing, Task or ValueTask", "[OnClose] [|string|] End(CloseInfo info) => \"\";"),
        Beside("'End' cannot serve as [OnClose]: nothing fits its parameter 'info'; an [OnClose] handler takes optionally CloseInfo, services marked [FromServices], and optionally a CancellationToken", "[OnClose] void End(string [|info|]) { }"),
        Beside("'Check' cannot serve as [OnUpgrade]: an [OnUpgrade] handler returns UpgradeDecision, or a Task or ValueTask of it", "[OnUpgrade] static [|bool|] Check() => true;"),
        Beside("'Check' cannot serve as [OnUpgrade]: an [OnUpgrade] handler returns UpgradeDecision, or a Task or ValueTask of it", "[OnUpgrade] static async [|void|] Check() => await Task.Yield();"),
        Beside("'Run' cannot serve as [Run]: a [Run] method returns nothing, Task, ValueTask or an IAsyncEnumerable of messages to send", "[Run] [|int|] Run() => 1;"),
        Beside("'Run' cannot serve as [Run]: nothing fits its parameter 'number'; a [Run] method takes optionally a ChannelReader or an IAsyncEnumerable of the messages, and optionally a CancellationToken; take services in the constructor", "[Run] void Run(int [|number|]) { }"),
        Sentence.Beside(
            DiagnosticIds.RepeatedHandler, "'GreetAgain' is a second [OnOpen] handler of 'A', which can have one alone; call it from 'Greet', or remove it", "[OnOpen] void Greet() { } [OnOpen] void [|GreetAgain|]() { }"),
        new(DiagnosticIds.ContradictoryDelivery,
            "'Echo' is an [OnMessage] handler, but in Queue delivery messages wait until they are pulled; set Delivery to Event, or take the messages in [Run]",
            "[WebSocketController(\"/a\", Delivery = MessageDelivery.Queue)]\npublic sealed partial class A\n{\n    [OnMessage] string [|Echo|](string message) => message;\n}"),
        new(DiagnosticIds.ContradictoryDelivery,
            "'Run' takes the messages, but in Event delivery [OnMessage] handlers do; set Delivery to Queue, or remove the parameter",
            "[WebSocketController(\"/a\", Delivery = MessageDelivery.Event)]\npublic sealed partial class A\n{\n    [Run] IAsyncEnumerable<string> Run(IAsyncEnumerable<string> [|messages|]) => messages;\n}"),
        Sentence.Beside(
            DiagnosticIds.ContradictoryDelivery,
            "'Run' takes the messages, but in Event delivery [OnMessage] handlers do; remove the parameter, or those handlers",
            "[Run] IAsyncEnumerable<string> Run(IAsyncEnumerable<string> [|messages|]) => messages;"),
        Sentence.OfMembers(
            DiagnosticIds.AsyncVoidHandler, "'Hear' is async void, so nothing can wait for it or take what it throws; return ValueTask", "[OnMessage] async [|void|] Hear(string message) => await SendAsync(message);"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler, "'Again' is never called, since 'Echo' already takes every 'string'; remove one of them", "[OnMessage] string Again([|string|] message) => message;"),
        new(DiagnosticIds.UnreachableHandler,
            "'Other' is never called, since 'Echo' already takes every 'string'; remove one of them",
            "[WebSocketController(\"/a\", Receives = typeof(string))]\npublic sealed partial class A\n{\n    [OnMessage] string Echo(string message) => message;\n    [OnMessage] string Other([|object|] message) => $\"{message}\";\n}"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler,
            "'Again' is never called, since 'Fail' already takes every 'IOException'; remove one of them",
            "[OnError] void Fail(IOException error) { } [OnError] void Again(string? message, [|IOException|] error) { }"),
        Sentence.Beside(
            DiagnosticIds.UnreachableHandler,
            "'Keep' is never called, since 'Take' already takes every binary frame; remove one of them",
            "[OnMessage] void Take(byte[] message) { } [OnMessage] void Keep([|RawMessage|] message) { }"),
        Sentence.Beside(
            DiagnosticIds.InstanceOnUpgrade,
            "'Check' is called before the upgrade, when there is no controller yet; make it static",
            "[OnUpgrade] UpgradeDecision [|Check|](UpgradeRequest request) => request.Protocols.Count > 4 ? UpgradeDecision.Deny(400) : UpgradeDecision.Accept();"),
        Sentence.OfMembers(
            DiagnosticIds.EndpointAttribute,
            "[Authorize] has no effect on the handler 'Hear', since ASP.NET Core looks at endpoints only; move it to 'A', or split the controller",
            "[OnMessage, [|Microsoft.AspNetCore.Authorization.Authorize(Roles = \"admin\")|]] void Hear(string message) { }"),
    ];

    private static Sentence Unfit(string text, string members) => Sentence.OfMembers(DiagnosticIds.UnfitHandler, text, members);

    private static Sentence Beside(string text, string members) => Sentence.Beside(DiagnosticIds.UnfitHandler, text, members);
}
