using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>Authorization never vanishes: an attribute that cannot become endpoint metadata refuses the controller.</summary>
[Trait("Category", "Slow")]
public sealed class UnwritableAttributeTests
{
    private const string Usings = """
        using Microsoft.AspNetCore.Authorization;


        """;

    [Theory]
    [InlineData("file sealed class AdminAttribute : AuthorizeAttribute;", "Admin")]
    [InlineData("file sealed class AdminAttribute : Attribute, IAuthorizeData { public string? Policy { get; set; } public string? Roles { get; set; } public string? AuthenticationSchemes { get; set; } }", "Admin")]
    [InlineData("file sealed class OpenAttribute : Attribute, IAllowAnonymous;", "Open")]
    [InlineData("file sealed class Secret; public sealed class RequireAttribute(Type type) : AuthorizeAttribute { public Type Type { get; } = type; }", "Require(typeof(Secret))")]
    [InlineData("file sealed class Secret; public sealed class RequireAttribute(params Type[] types) : AuthorizeAttribute { public Type[] Types { get; } = types; }", "Require(typeof(int), typeof(List<Secret>))")]
    [InlineData("file enum Right { Read, Write } public sealed class RequireAttribute : AuthorizeAttribute { public object? Right { get; set; } }", "Require(Right = Right.Write)")]
    [InlineData("file sealed class Secret; public sealed class RequireAttribute<T> : AuthorizeAttribute;", "Require<Secret>")]
    [InlineData("public static class Rights { private sealed class Secret; [Require(typeof(Secret))] public abstract class Base; } public sealed class RequireAttribute(Type type) : AuthorizeAttribute { public Type Type { get; } = type; }", null)]
    [InlineData("public static class Rights { private sealed class AdminAttribute : AuthorizeAttribute; [Admin] public abstract class Base; }", null)]
    [InlineData("[System.Diagnostics.Conditional(\"SECURE\")] public sealed class AdminAttribute : AuthorizeAttribute;", "Admin")]
    public Task An_attribute_of_endpoints_that_generated_code_cannot_write(string declarations, string? attribute) => WrongCode.Raises(
        DiagnosticIds.UnwritableAttribute, Usings + (attribute is null ? Deriving("[|Rights.Base|]") : Marked($"[|{attribute}|]")) + declarations);

    [Theory]
    [InlineData("file sealed class NoteAttribute : Attribute;", "Note")]
    [InlineData("file sealed class Secret; public sealed class NoteAttribute(Type type) : Attribute { public Type Type { get; } = type; }", "Note(typeof(Secret))")]
    public Task Another_attribute_that_generated_code_cannot_write(string declarations, string attribute) =>
        WrongCode.Raises(DiagnosticIds.LostAttribute, Usings + Marked($"[|{attribute}|]") + declarations);

    [Theory]
    [InlineData("namespace Krait { public sealed class AdminAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute; }", "Krait.AdminAttribute")]
    [InlineData("namespace System.Diagnostics { public sealed class AdminAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute; }", "System.Diagnostics.AdminAttribute")]
    public async Task An_attribute_of_endpoints_in_whatever_namespace_is_on_the_endpoint(string declarations, string expected)
    {
        using var project = new LoadedProject(await GeneratedCode.Generate(UserProject.Compile(
            $"#pragma warning disable CS1591\nusing {expected[..expected.LastIndexOf('.')]};\n\n{Marked("Admin")}{declarations}")));

        Assert.Equal([expected], project.Metadata("A").Select(attribute => attribute.GetType().FullName!));
    }

    [Theory]
    [InlineData("internal sealed class AdminAttribute : AuthorizeAttribute;", "'AdminAttribute' is not public in 'Library'; make it public")]
    [InlineData("internal sealed class AdminAttribute : AuthorizeAttribute { internal AdminAttribute() { } }", null)]
    [InlineData("public sealed class AdminAttribute : AuthorizeAttribute { internal AdminAttribute() { } }", null)]
    public async Task An_attribute_of_endpoints_that_a_library_keeps_to_itself(string declaration, string? reason)
    {
        var library = UserProject.Compile($"using Microsoft.AspNetCore.Authorization; [Admin] public abstract class Base; {declaration}");
        var run = GeneratorRun.Of(UserProject.Compile(Deriving("Base")).AddReferences(library.ToReference()));

        var diagnostics = await KraitAnalyzers.Analyze(run.Output);

        RefusalLaw.Check(run, diagnostics);
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(DiagnosticIds.UnwritableAttribute, diagnostic.Id);
        Assert.EndsWith(reason ?? "make it public", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private static string Marked(string attribute) => $$"""
        [{{attribute}}]
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] string Echo(string message) => message;
        }


        """;

    private static string Deriving(string type) => $$"""
        [WebSocketController("/a")]
        public sealed partial class A : {{type}}
        {
            [OnMessage] string Echo(string message) => message;
        }


        """;
}
