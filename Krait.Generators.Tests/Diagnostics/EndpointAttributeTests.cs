using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class EndpointAttributeTests
{
    [Theory]
    [InlineData("Authorize")]
    [InlineData("Authorize(Roles = \"admin\")")]
    [InlineData("AllowAnonymous")]
    [InlineData("Microsoft.AspNetCore.RateLimiting.EnableRateLimiting(\"a\")")]
    [InlineData("Microsoft.AspNetCore.RateLimiting.DisableRateLimiting")]
    [InlineData("Microsoft.AspNetCore.Cors.EnableCors")]
    [InlineData("Microsoft.AspNetCore.Http.Timeouts.RequestTimeout(1000)")]
    [InlineData("Microsoft.AspNetCore.Routing.Host(\"a\")")]
    [InlineData("Microsoft.AspNetCore.OutputCaching.OutputCache")]
    [InlineData("Microsoft.AspNetCore.Mvc.HttpGet")]
    [InlineData("AdminOnly")]
    [InlineData("Open")]
    public Task An_attribute_of_endpoints_on_a_handler(string attribute) => WrongCode.Raises(DiagnosticIds.EndpointAttribute, Controller($$"""
        [OnMessage]
        [[|{{attribute}}|]]
        void Hear(string message) => Console.WriteLine(message);
        """));

    [Fact]
    public Task Attributes_of_endpoints_on_handlers_of_every_kind() => WrongCode.Raises(DiagnosticIds.EndpointAttribute, Controller("""
        [[|Authorize|], OnUpgrade]
        static UpgradeDecision Check() => UpgradeDecision.Accept();

        [OnOpen, [|Authorize|]]
        void Enter() { }

        [OnMessage, [|Authorize|], [|AllowAnonymous|]]
        void Hear(string message) { }

        [OnError, [|Authorize|]]
        void Fail(Exception error) { }

        [Run, [|Authorize|]]
        void Run() { }
        """));

    [Theory]
    [InlineData("[OnMessage, Obsolete, Mine, System.ComponentModel.Description(\"a\")] void Hear(string message) { }")]
    [InlineData("[OnMessage] void Hear(string message) { } [OnOpen] void Enter([Microsoft.AspNetCore.Mvc.FromQuery] string name) { }")]
    [InlineData("[OnMessage] void Hear(string message) { } [Authorize] void Elsewhere() { }")]
    public Task Attributes_that_are_no_endpoints(string members) => WrongCode.RaisesNothing("#pragma warning disable CS0612\n" + Controller(members));

    [Fact]
    public Task An_attribute_of_endpoints_in_a_namespace_of_that_name() => WrongCode.Raises(DiagnosticIds.EndpointAttribute, """
        namespace Krait.Security
        {
            public sealed class OnlyAdminsAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute;
        }

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage, [|Krait.Security.OnlyAdmins|]] void Hear(string message) => Console.WriteLine(message);
        }
        """);

    private static string Controller(string members) => $$"""
        using Microsoft.AspNetCore.Authorization;

        public sealed class AdminOnlyAttribute : AuthorizeAttribute;

        [AttributeUsage(AttributeTargets.All)]
        public sealed class OpenAttribute : Attribute, IAllowAnonymous;

        [AttributeUsage(AttributeTargets.All)]
        public sealed class MineAttribute : Attribute;

        [Authorize]
        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{members}}
        }
        """;
}
