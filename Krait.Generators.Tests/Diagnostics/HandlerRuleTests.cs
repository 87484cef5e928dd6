using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class HandlerRuleTests
{
    [Theory]
    [InlineData("[OnMessage] void [|Hear|]() { }")]
    [InlineData("[OnMessage] void Hear(string message, int [|number|]) { }")]
    [InlineData("[OnMessage] void Hear[|<T>|](T message) { }")]
    [InlineData("[OnMessage] void Hear([|ref|] string message) { }")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnError] void [|Fail|]() { }")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnError] void Fail([|string|] error) { }")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnClose] [|string|] End(CloseInfo info) => \"\";")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnClose] void End(string [|info|]) { }")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnUpgrade] static [|bool|] Check() => true;")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnUpgrade] static UpgradeDecision Check([|out|] int id) { id = 1; return UpgradeDecision.Accept(); }")]
    [InlineData("[OnMessage] string Hear(string message) => message; [Run] [|int|] Run() => 1;")]
    [InlineData("[OnMessage] string Hear(string message) => message; [Run] void Run(int [|number|]) { }")]
    public Task A_signature_that_cannot_be_called(string members) => WrongCode.Raises(DiagnosticIds.UnfitHandler, Controller(members));

    [Theory]
    [InlineData("[OnOpen] void Open() { } [OnOpen] void [|OpenAgain|]() { }")]
    [InlineData("[OnClose] void End() { } [OnClose] void [|EndAgain|]() { }")]
    [InlineData("[OnUpgrade] static UpgradeDecision Check() => UpgradeDecision.Accept(); [OnUpgrade] static UpgradeDecision [|CheckAgain|]() => UpgradeDecision.Accept();")]
    [InlineData("[Run] Task Run() => Task.CompletedTask; [Run] Task [|RunAgain|]() => Task.CompletedTask;")]
    public Task A_handler_of_which_there_can_be_only_one(string members) =>
        WrongCode.Raises(DiagnosticIds.RepeatedHandler, Controller("[OnMessage] void Hear(string message) { } " + members));

    [Fact]
    public Task A_queue_with_a_message_handler() => WrongCode.Raises(DiagnosticIds.ContradictoryDelivery, """
        [WebSocketController("/a", Delivery = MessageDelivery.Queue)]
        public sealed partial class A
        {
            [OnMessage]
            void [|Hear|](string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Events_with_a_run_that_takes_messages() => WrongCode.Raises(DiagnosticIds.ContradictoryDelivery, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);

            [Run]
            async Task Run(IAsyncEnumerable<string> [|messages|], CancellationToken stopping)
            {
                await foreach (var message in messages.WithCancellation(stopping))
                    Console.WriteLine(message);
            }
        }
        """);

    [Theory]
    [InlineData("[OnMessage] async [|void|] Hear(string message) => await Task.Yield();")]
    [InlineData("[OnMessage] void Hear(string message) { } [OnOpen] async [|void|] Open() => await Task.Yield();")]
    [InlineData("[OnMessage] void Hear(string message) { } [Run] async [|void|] Run() => await Task.Yield();")]
    public Task An_async_void_handler(string members) => WrongCode.Raises(DiagnosticIds.AsyncVoidHandler, Controller(members));

    [Fact]
    public Task Two_handlers_of_one_message_type() => WrongCode.Raises(DiagnosticIds.UnreachableHandler, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);

            [OnMessage]
            void HearAgain([|string|] message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Two_handlers_of_one_exception_type() => WrongCode.Raises(DiagnosticIds.UnreachableHandler, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);

            [OnError]
            void Fail(FormatException error) => Console.WriteLine(error);

            [OnError]
            void FailAgain([|FormatException|] error) => Console.WriteLine(error);
        }
        """);

    [Fact]
    public Task An_OnUpgrade_that_is_not_static() => WrongCode.Raises(DiagnosticIds.InstanceOnUpgrade, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnUpgrade]
            UpgradeDecision [|Check|](UpgradeRequest request) => request.Protocols.Count > 0 ? UpgradeDecision.Accept() : UpgradeDecision.Deny(400);

            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    private static string Controller(string members) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{members}}
        }
        """;
}
