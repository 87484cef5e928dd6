using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class RouteRuleTests
{
    [Theory]
    [InlineData("\"/a\" + \"/b[|}|]\"")]
    [InlineData("\"/a\" + @\"/[|{|]\"")]
    [InlineData("pattern: \"\"\"/\"{a}\"[|{a}|]\"\"\"")]
    public Task A_malformed_pattern_in_literals_of_every_kind(string pattern) => WrongCode.Raises(DiagnosticIds.MalformedPattern, $$"""
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
    [InlineData("\"[|\\\"a\\\"|]\"")]
    [InlineData("\"\\u0061, [|\\x0061 b|], c\"")]
    [InlineData("@\"a, [|\"\"|]\"")]
    [InlineData("\"\"\"a, [|\"b\"|], c\"\"\"")]
    [InlineData("\"a, \" + (\"b, \" + @\"[|c d|]\") + \", e\"")]
    [InlineData("[|Names.Wrong|]")]
    [InlineData("\"a, \" + [|Names.Wrong|] + \", c\"")]
    [InlineData("Names.Right + \", \" + \"[|b c|]\"")]
    [InlineData("[|Names.Right + \", \" + Names.Wrong|]")]
    [InlineData("[|$\"{Names.Right}, b c\"|]")]
    public Task A_malformed_subprotocol(string protocols) => WrongCode.Raises(DiagnosticIds.MalformedProtocol, $$"""
        public static class Names
        {
            public const string Wrong = "a b";
            public const string Right = "right";
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
    [InlineData("[|ref|] int id")]
    [InlineData("[|Span<int>|] id")]
    [InlineData("[Microsoft.AspNetCore.Mvc.FromQuery] [|Uri|] id")]
    [InlineData("[Microsoft.AspNetCore.Mvc.FromHeader] [|object|] id")]
    [InlineData("[|System.Text.StringBuilder|] id")]
    [InlineData("[|WebSocketConnection<string>|] connection")]
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
    public Task A_room_that_is_marked_as_a_service_may_be_registered() => WrongCode.RaisesNothing("""
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/a")]
        public sealed partial class A([FromServices] IRoom<string> lobby)
        {
            [OnMessage] void Hear(string message) => lobby.Send(message);
        }
        """);

    [Fact]
    public Task A_connection_that_OnUpgrade_asks_for_too_early() => WrongCode.Raises(DiagnosticIds.Unbindable, """
        [WebSocketController("/a/{id}")]
        public sealed partial class A
        {
            [OnUpgrade]
            static UpgradeDecision Check([|WebSocketConnection<string>|] connection) => UpgradeDecision.Accept(connection.Protocol);

            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Theory]
    [InlineData("/rooms/{room}", "[FromRoute] string [|rom|]")]
    [InlineData("/rooms/{room}", "[FromRoute(Name = [|\"rom\"|])] string room")]
    [InlineData("/rooms", "[FromRoute] int [|floor|]")]
    public async Task A_route_value_that_the_pattern_lacks(string pattern, string parameter)
    {
        var room = pattern.Contains("{room}", StringComparison.Ordinal) ? ", [FromRoute(Name = \"ROOM\")] string real" : "";
        await WrongCode.Raises(DiagnosticIds.StrayRouteValue, $$"""
            using Microsoft.AspNetCore.Mvc;

            [WebSocketController("{{pattern}}")]
            public sealed partial class A({{parameter}}{{room}})
            {
                [OnMessage]
                string Hear(string message) => message + {{(parameter.Contains("floor", StringComparison.Ordinal) ? "floor" : parameter.Contains("Name", StringComparison.Ordinal) ? "room + real" : "rom + real")}};
            }
            """);
    }

    [Fact]
    public Task Route_values_that_are_bound_nowhere() => WrongCode.Raises(DiagnosticIds.StrayRouteValue, """
        [WebSocketController("/rooms/{room}/[|{floor:int}|]/" + "[|{**rest}|]")]
        public sealed partial class A
        {
            [OnOpen]
            void Enter(string room) => Console.WriteLine(room);

            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Theory]
    [InlineData("A(string ROOM)", "Console.WriteLine(ROOM)")]
    [InlineData("A([Microsoft.AspNetCore.Mvc.FromRoute(Name = \"room\")] string name)", "Console.WriteLine(name)")]
    [InlineData("A", "Console.WriteLine(Connection.HttpContext.GetRouteValue(\"room\"))")]
    [InlineData("A(HttpContext context)", "Console.WriteLine(context.Request.RouteValues.Count)")]
    public Task Route_values_that_somebody_reads(string header, string statement) => WrongCode.RaisesNothing($$"""
        [WebSocketController("/rooms/{room}")]
        public sealed partial class {{header}}
        {
            [OnMessage]
            void Hear(string message) => {{statement}};
        }
        """);

    [Fact]
    public async Task A_stray_value_is_a_warning_and_a_lost_one_a_suggestion()
    {
        var run = GeneratorRun.Of("""
            [WebSocketController("/{room}")]
            public sealed partial class A([Microsoft.AspNetCore.Mvc.FromRoute] string rom)
            {
                [OnMessage]
                string Hear(string message) => message + rom;
            }
            """);

        var diagnostics = await KraitAnalyzers.Analyze(run.Output);

        Assert.Equal([DiagnosticSeverity.Info, DiagnosticSeverity.Warning], diagnostics.Select(diagnostic => diagnostic.Severity));
    }
}
