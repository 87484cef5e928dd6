using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class RouteRuleTests
{
    [Theory]
    [InlineData("\"/a/[|{|]\"")]
    [InlineData("\"/a/[|{}|]\"")]
    [InlineData("\"/a[|}|]\"")]
    [InlineData("\"/a/[|/|]b\"")]
    [InlineData("\"/{a}/[|{a}|]\"")]
    [InlineData("\"/{a}/[|{A}|]\"")]
    [InlineData("\"/[|{*a}|]/b\"")]
    [InlineData("\"/a/{b}[|{c}|]\"")]
    [InlineData("\"/a/[|{b/c}|]\"")]
    [InlineData("\"[|~|]a\"")]
    [InlineData("\"/a[|?|]b=1\"")]
    public Task A_malformed_pattern(string pattern) => WrongCode.Raises(DiagnosticIds.MalformedPattern, $$"""
        [WebSocketController({{pattern}})]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_malformed_pattern_is_the_only_fault_of_the_values_that_it_should_bring() => WrongCode.Raises(DiagnosticIds.MalformedPattern, """
        [WebSocketController("/a/[|{room|]")]
        public sealed partial class A(string room)
        {
            [OnMessage]
            string Hear(string message) => message + room;
        }
        """);

    [Theory]
    [InlineData("\"[|a b|]\"")]
    [InlineData("\"a, [|b/c|], d\"")]
    [InlineData("\"a[|,|], d\"")]
    [InlineData("\"a, [|größe|]\"")]
    [InlineData("[|\"\\\"a\\\"\"|]")]
    [InlineData("[|Names.Wrong|]")]
    public Task A_malformed_subprotocol(string protocols) => WrongCode.Raises(DiagnosticIds.MalformedProtocol, $$"""
        public static class Names
        {
            public const string Wrong = "a b";
        }

        [WebSocketController("/a", Protocols = {{protocols}})]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_subprotocol_that_is_named_twice() => WrongCode.Raises(DiagnosticIds.RepeatedProtocol, """
        [WebSocketController("/a", Protocols = "a, b, A, [|a|]")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Theory]
    [InlineData("ref int [|id|]")]
    [InlineData("Span<int> [|id|]")]
    [InlineData("[Microsoft.AspNetCore.Mvc.FromQuery] Uri [|id|]")]
    [InlineData("[Microsoft.AspNetCore.Mvc.FromHeader] object [|id|]")]
    [InlineData("System.Text.StringBuilder [|id|]")]
    [InlineData("WebSocketConnection<string> [|connection|]")]
    public Task A_constructor_parameter_that_cannot_be_bound(string parameter) => WrongCode.Raises(DiagnosticIds.Unbindable, $$"""
        [WebSocketController("/a/{id}")]
        public sealed partial class A
        {
            public A({{parameter}}) => Console.WriteLine(this);

            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_connection_that_OnUpgrade_asks_for_too_early() => WrongCode.Raises(DiagnosticIds.Unbindable, """
        [WebSocketController("/a/{id}")]
        public sealed partial class A
        {
            [OnUpgrade]
            static UpgradeDecision Check(WebSocketConnection<string> [|connection|]) => UpgradeDecision.Accept(connection.Protocol);

            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);
}
