using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Tests.Harness;
using Krait.Runtime.Tests.Upgrading;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class OriginRuleTests
{
    [Theory]
    [MemberData(nameof(OriginCases.Allowed), MemberType = typeof(OriginCases))]
    public void The_rule_allows_what_the_runtime_allows(string origin) => Assert.True(OriginSyntax.IsAllowed(origin));

    [Theory]
    [MemberData(nameof(OriginCases.Refused), MemberType = typeof(OriginCases))]
    public void The_rule_refuses_what_the_runtime_refuses(string origin) => Assert.False(OriginSyntax.IsAllowed(origin));

    [Theory]
    [InlineData("[|a.example|]")]
    [InlineData("https://a.example,  [|https://b.example/|] , *")]
    [InlineData("[|https://a.example/path|], [|http:|]")]
    public Task An_entry_with_which_the_application_will_not_start(string origins) => WrongCode.Raises(DiagnosticIds.MalformedOrigin, Controller(origins));

    [Theory]
    [InlineData("")]
    [InlineData("https://a.example, , http://b.example:8080,")]
    [InlineData("*, null")]
    public Task Entries_that_the_runtime_takes(string origins) => WrongCode.RaisesNothing(Controller(origins));

    private static string Controller(string origins) => $$"""
        [WebSocketController("/a", AllowedOrigins = "{{origins}}")]
        public sealed partial class A
        {
            [OnMessage] string Echo(string message) => message;
        }
        """;
}
