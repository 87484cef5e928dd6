using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What another generator writes is missing while Krait's runs. The author learns that while typing, not when the application starts.</summary>
public sealed class OtherGeneratorTests
{
    private const string Id = "public sealed class OrderId;";

    private const string Context = """
        [System.Text.Json.Serialization.JsonSerializable(typeof(OrderId))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    [Theory]
    [InlineData("([|OrderId|] id)", "[OnMessage] string Echo(string message) => message + id;")]
    [InlineData("(List<[|OrderId|]> ids)", "[OnMessage] string Echo(string message) => message + ids;")]
    [InlineData("", "[OnMessage] void Hear([|OrderId|] id) { }")]
    [InlineData("", "[OnMessage] [|OrderId|] Find(string message) => new();")]
    [InlineData("", "[OnOpen] void Enter([|OrderId|]? id) { } [OnMessage] void Hear(string message) { }")]
    [InlineData("", "[Run] async Task Run(System.Threading.Channels.ChannelReader<[|OrderId|]> ids, CancellationToken stopping) => await ids.ReadAsync(stopping);")]
    public Task A_type(string parameters, string members) => Raises(Id, "", parameters, members);

    [Theory]
    [InlineData("public abstract class Room { public int Size { get; set; } }", "", " : [|Room|]")]
    [InlineData("public sealed class TenantAttribute : Attribute;", "[[|Tenant|]]", "")]
    [InlineData("public sealed class AdminAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute;", "[[|Admin|]]", "")]
    [InlineData("public static class Policies { public const string Strict = \"strict\"; }", "[Microsoft.AspNetCore.Authorization.[|Authorize|](Policies.Strict)]", "")]
    [InlineData("public static class Policies { public const string Strict = \"strict\"; }", "[Microsoft.AspNetCore.Authorization.[|Authorize|](Policy = Policies.Strict)]", "")]
    [InlineData("public sealed class Secret;", "[System.ComponentModel.TypeConverter(typeof([|Secret|]))]", "")]
    public Task A_base_or_an_attribute(string written, string attributes, string bases) => Raises(written, attributes, bases, "[OnMessage] string Echo(string message) => message;");

    [Theory]
    [InlineData("\"/a\", Receives = typeof([|OrderId|])")]
    [InlineData("\"/a\", Sends = typeof([|OrderId|])")]
    [InlineData("\"/a\", [|MaxMessageSize|] = Sizes.Small")]
    [InlineData("Sizes.Route")]
    public Task An_argument(string arguments) => Raises(Id + " public static class Sizes { public const int Small = 10; public const string Route = \"/a\"; }", "", "", "[Run] void Run() { }", arguments);

    [Theory]
    [InlineData("string [|name|] = Names.Nobody")]
    [InlineData("int [|size|] = Names.Size + 1")]
    public Task A_default_value(string parameter) => Raises(
        "public static class Names { public const string Nobody = \"nobody\"; public const int Size = 3; }", "",
        $"([Microsoft.AspNetCore.Mvc.FromQuery] {parameter})", "[OnMessage] string Echo(string message) => message;");

    [Fact]
    public Task A_context_of_the_serializer() => WrongCode.Raises(DiagnosticIds.Unseen, """"
        [assembly: OtherGenerator.Writes("""
            [System.Text.Json.Serialization.JsonSerializable(typeof(Say))]
            internal abstract class Json(System.Text.Json.JsonSerializerOptions options) : System.Text.Json.Serialization.JsonSerializerContext(options)
            {
                public static Json Default => throw new System.NotSupportedException();
            }
            """)]

        public sealed record Say(string Text);

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] void Hear([|Say|] message) { }
        }
        """");

    /// <summary>Krait's generator cannot know that another one adds an attribute, so the controller is served; the error keeps it from being built.</summary>
    [Fact]
    public Task An_attribute_of_endpoints_on_a_part_that_another_generator_adds() => WrongCode.Raises(DiagnosticIds.Unseen, """
        [assembly: OtherGenerator.Writes("[Microsoft.AspNetCore.Authorization.Authorize] partial class A;")]

        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
            [OnMessage] string Echo(string message) => message;
        }
        """);

    [Fact]
    public Task Another_attribute_on_a_part_that_another_generator_adds() => WrongCode.Raises(DiagnosticIds.LostAttribute, """
        [assembly: OtherGenerator.Writes("[System.ComponentModel.Description(\"a\")] partial class A;")]

        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
            [OnMessage] string Echo(string message) => message;
        }
        """);

    /// <summary>Without an [OnUpgrade], for example, everybody could connect.</summary>
    [Theory]
    [InlineData("[Krait.OnUpgrade] static Krait.UpgradeDecision Check() => Krait.UpgradeDecision.Deny(403);")]
    [InlineData("[Krait.OnMessage] void Take(byte[] message) { }")]
    [InlineData("[Krait.OnClose] void Leave() { }")]
    [InlineData("public A(System.IServiceProvider services) { }", "CS7036")]
    public Task A_handler_or_a_constructor_that_another_generator_adds(string member, params string[] compilerErrors) => WrongCode.Raises(DiagnosticIds.Unseen, $$""""
        [assembly: OtherGenerator.Writes("""
            partial class A
            {
                {{member}}
            }
            """)]

        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
            [OnMessage] string Echo(string message) => message;
        }
        """", compilerErrors);

    /// <summary>What it writes elsewhere, or marks as written, is no affair of the controller's.</summary>
    [Fact]
    public async Task What_a_controller_does_not_mention() => await GeneratedCode.Generate(UserProject.Compile("""
        [assembly: OtherGenerator.Writes("[System.CodeDom.Compiler.GeneratedCode(\"Other\", \"1\")] partial class A { internal void Log() { } } internal sealed class Unrelated;")]

        /// <summary>A controller.</summary>
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] string Echo(string message) => message;
        }
        """));

    private static Task Raises(string written, string attributes, string bases, string members, string arguments = "\"/a\"") => WrongCode.Raises(DiagnosticIds.Unseen, $$""""
        [assembly: OtherGenerator.Writes("""
            using System;
            {{written}}
            """)]

        {{attributes}}
        [WebSocketController({{arguments}})]
        public sealed partial class {{(arguments.StartsWith("Sizes", StringComparison.Ordinal) ? "[|A|]" : "A")}}{{bases}}
        {
            {{members}}
        }

        {{(written.Contains("OrderId", StringComparison.Ordinal) ? Context : "")}}
        """");
}
