using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class EndpointFixTests
{
    [Theory]
    [InlineData("[OnMessage]\n    [Authorize(Roles = \"admin\")]\n    string", "[OnMessage]\n    string")]
    [InlineData("[Authorize(Roles = \"admin\")]\n    [OnMessage]\n    string", "[OnMessage]\n    string")]
    [InlineData("[OnMessage, Authorize(Roles = \"admin\")] string", "[OnMessage] string")]
    [InlineData("[Authorize(Roles = \"admin\"), OnMessage] string", "[OnMessage] string")]
    public Task An_attribute_of_endpoints_moves_to_the_class(string before, string after) => Mended<MoveAttributeFix>.Gives(
        Controller("", before), Controller("[Authorize(Roles = \"admin\")]\n", after));

    [Fact]
    public Task An_attribute_that_the_class_has_already_stays() =>
        Mended<MoveAttributeFix>.Leaves(Controller("[Authorize]\n", "[OnMessage, Authorize(Roles = \"admin\")] string"));

    private static string Controller(string attribute, string handler) => $$"""
        using Microsoft.AspNetCore.Authorization;

        {{attribute}}[WebSocketController("/a")]
        public sealed partial class A
        {
            {{handler}} Echo(string message) => message;
        }
        """;
}
