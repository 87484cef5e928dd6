using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class HandlerFixTests
{
    private const string Stub = """
            [OnMessage]
            void Handle(string message) => throw new NotImplementedException();
        """;

    [Theory]
    [InlineData("public sealed partial class A;")]
    [InlineData("public sealed partial class A { }")]
    [InlineData("public sealed partial class A\n{\n}")]
    public Task A_controller_gets_its_first_handler(string before) => Mended<AddHandlerFix>.Gives(
        $"[WebSocketController(\"/a\")]\n{before}", $"[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n{Stub}\n}}", rename: "Handle");

    [Fact]
    public Task A_handler_stands_behind_the_other_members() => Mended<AddHandlerFix>.Gives(
        "[WebSocketController(\"/a\")]\npublic sealed partial class A\n{\n    private void Handle() { } // here\n    // nothing yet\n}\n",
        $"[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    private void Handle() {{ }} // here\n\n{Stub.Replace("Handle", "Handle2", StringComparison.Ordinal)}\n    // nothing yet\n}}\n",
        rename: "Handle2");

    [Theory]
    [InlineData("Sends = typeof(byte[])", "byte[]")]
    [InlineData("Receives = typeof(string), Sends = typeof(string), Delivery = MessageDelivery.Event", "string")]
    public Task A_first_handler_replies_where_the_controller_says_what_it_sends(string arguments, string returned) => Mended<AddHandlerFix>.Gives(
        $"[WebSocketController(\"/a\", {arguments})]\npublic sealed partial class A;",
        $"[WebSocketController(\"/a\", {arguments})]\npublic sealed partial class A\n{{\n{Stub.Replace("void", returned, StringComparison.Ordinal)}\n}}",
        rename: "Handle");

    [Fact]
    public Task A_queue_gets_a_run() => Mended<AddHandlerFix>.Gives(
        "[WebSocketController(\"/a\", Delivery = MessageDelivery.Queue)]\npublic sealed partial class A;\n",
        """
        [WebSocketController("/a", Delivery = MessageDelivery.Queue)]
        public sealed partial class A
        {
            [Run]
            async Task Run(CancellationToken stopping)
            {
                await foreach (var message in Messages.ReadAllAsync(stopping))
                    throw new NotImplementedException();
            }
        }

        """,
        rename: "Run");

    [Theory]
    [InlineData("\"b, c, b\"", "\"b, c\"")]
    [InlineData("\"b,b ,c\"", "\"b ,c\"")]
    [InlineData("@\"b, c, c\"", "@\"b, c\"")]
    public Task A_subprotocol_loses_its_second_name(string before, string after) => Mended<RemoveProtocolFix>.Gives(Controller($"\"/a\", Protocols = {before}"), Controller($"\"/a\", Protocols = {after}"));

    [Fact]
    public Task All_second_names_go_at_once() => Mended<RemoveProtocolFix>.GivesAll(Controller("\"/a\", Protocols = \"b, b, c, c, b\""), Controller("\"/a\", Protocols = \"b, c\""));

    [Theory]
    [InlineData("\"b,,c\"", "\"b,c\"")]
    [InlineData("\"b, , c\"", "\"b, c\"")]
    [InlineData("\"b, c,\"", "\"b, c\"")]
    [InlineData("\"b, \"", "\"b\"")]
    [InlineData("\", b\"", "\"b\"")]
    [InlineData("@\" ,b\"", "@\"b\"")]
    [InlineData("\"\"\"b,,c\"\"\"", "\"\"\"b,c\"\"\"")]
    public Task An_empty_subprotocol_loses_its_comma(string before, string after) => Mended<RemoveCommaFix>.Gives(Controller($"\"/a\", Protocols = {before}"), Controller($"\"/a\", Protocols = {after}"));

    [Fact]
    public Task All_extra_commas_go_at_once() => Mended<RemoveCommaFix>.GivesAll(Controller("\"/a\", Protocols = \", b,, ,c,\""), Controller("\"/a\", Protocols = \"b,c\""));

    [Theory]
    [InlineData("\"b c\"")]
    [InlineData("\"b, \u00e9\"")]
    [InlineData("\"\"\"b,\",c\"\"\"")]
    public Task A_subprotocol_with_other_characters_is_left_alone(string protocols) => Mended<RemoveCommaFix>.Leaves(Controller($"\"/a\", Protocols = {protocols}"));

    [Theory]
    [InlineData("string failed", "string? failed")]
    [InlineData("object /* any */ failed", "object? /* any */ failed")]
    public Task A_failed_message_becomes_nullable(string before, string after) => Mended<AllowNoMessageFix>.Gives(Answering(before), Answering(after));

    [Theory]
    [InlineData("string? failed, int count")]
    [InlineData("Stream failed, Stream other")]
    public Task Another_fault_of_a_signature_is_left_alone(string parameters) => Mended<AllowNoMessageFix>.Leaves(Answering(parameters));

    [Theory]
    [InlineData("\"/a\", Delivery = MessageDelivery.Queue", "\"/a\", Delivery = MessageDelivery.Event")]
    [InlineData("\"/a\", Delivery = (MessageDelivery)1, MaxStreams = 2", "\"/a\", Delivery = MessageDelivery.Event, MaxStreams = 2")]
    public Task A_delivery_becomes_that_of_the_handlers(string before, string after) => Mended<SetDeliveryFix>.Gives(Controller(before), Controller(after));

    [Fact]
    public Task A_delivery_of_events_becomes_a_queue_where_a_run_pulls() => Mended<SetDeliveryFix>.Gives(Pulling("MessageDelivery.Event"), Pulling("MessageDelivery.Queue"));

    [Fact]
    public Task Handlers_that_contradict_each_other_are_left_alone() => Mended<SetDeliveryFix>.Leaves(
        Pulling("MessageDelivery.Event").Replace("    [Run]", "    [OnMessage]\n    void Hear(string message) { }\n\n    [Run]", StringComparison.Ordinal));

    [Fact]
    public Task An_async_void_handler_returns_a_value_task() => Mended<ReturnValueTaskFix>.Gives(
        Controller("\"/a\"").Replace("string Echo(string message) => message;", "async void /* ! */ Echo(string message) => await SendAsync(message);", StringComparison.Ordinal),
        Controller("\"/a\"").Replace("string Echo(string message) => message;", "async ValueTask /* ! */ Echo(string message) => await SendAsync(message);", StringComparison.Ordinal));

    [Theory]
    [InlineData("UpgradeDecision Check() => UpgradeDecision.Accept();", "static UpgradeDecision Check() => UpgradeDecision.Accept();")]
    [InlineData("private async Task<UpgradeDecision> Check()\n    {\n        await Task.Yield();\n        return UpgradeDecision.Accept();\n    }", "private static async Task<UpgradeDecision> Check()\n    {\n        await Task.Yield();\n        return UpgradeDecision.Accept();\n    }")]
    public Task An_upgrade_check_becomes_static(string before, string after) => Mended<MakeStaticFix>.Gives(Checked(before), Checked(after));

    [Theory]
    [InlineData("UpgradeDecision Check() => ShouldStop ? UpgradeDecision.Accept() : UpgradeDecision.Deny(400);")]
    [InlineData("UpgradeDecision Check() => this.GetHashCode() == 1 ? UpgradeDecision.Accept() : UpgradeDecision.Deny(400);")]
    [InlineData("UpgradeDecision Check() => context.Request.IsHttps ? UpgradeDecision.Accept() : UpgradeDecision.Deny(400);")]
    public Task An_upgrade_check_that_uses_the_controller_is_left_alone(string member) => Mended<MakeStaticFix>.Leaves(Checked(member));

    private static string Controller(string arguments) => $"[WebSocketController({arguments})]\npublic sealed partial class A\n{{\n    [OnMessage]\n    string Echo(string message) => message;\n}}\n";

    private static string Checked(string check) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A(HttpContext context)
        {
            [OnUpgrade]
            {{check}}

            [OnMessage]
            string Echo(string message) => message + context.TraceIdentifier;
        }
        """;

    private static string Pulling(string delivery) => $$"""
        [WebSocketController("/a", Delivery = {{delivery}})]
        public sealed partial class A
        {
            [Run]
            async Task Run(IAsyncEnumerable<string> messages, CancellationToken stopping)
            {
                await foreach (var message in messages.WithCancellation(stopping))
                    await SendAsync(message);
            }
        }
        """;

    private static string Answering(string failed) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            string Echo(string message) => message;

            [OnError]
            string Explain(Exception error, {{failed}}) => error.Message + failed;
        }
        """;
}
