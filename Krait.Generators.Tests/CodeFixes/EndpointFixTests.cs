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

    [Theory]
    [InlineData("Admin", "file sealed class AdminAttribute : AuthorizeAttribute;", "sealed class AdminAttribute : AuthorizeAttribute;")]
    [InlineData("Require(typeof(Secret))", "file sealed class Secret;", "sealed class Secret;")]
    [InlineData("Admin", "file class AdminAttribute(Type type) : AuthorizeAttribute { public Type Type => type; public AdminAttribute() : this(typeof(int)) { } }", "class AdminAttribute(Type type) : AuthorizeAttribute { public Type Type => type; public AdminAttribute() : this(typeof(int)) { } }")]
    public Task An_attribute_of_endpoints_becomes_visible_in_generated_code(string attribute, string before, string after) =>
        Mended<MakeEndpointAttributeVisibleFix>.Gives(Marked(attribute, before), Marked(attribute, after));

    [Theory]
    [InlineData("file sealed class NoteAttribute : Attribute;", "sealed class NoteAttribute : Attribute;")]
    [InlineData("file class Notes : Attribute; file sealed class NoteAttribute : Notes;", "class Notes : Attribute; sealed class NoteAttribute : Notes;")]
    public Task Another_attribute_becomes_visible_in_generated_code(string before, string after) =>
        Mended<MakeControllerAttributeVisibleFix>.Gives(Marked("Note", before), Marked("Note", after));

    [Theory]
    [InlineData("[System.Diagnostics.Conditional(\"SECURE\")] public sealed class AdminAttribute : AuthorizeAttribute;", "Admin")]
    [InlineData("file enum Right { Read } public sealed class AdminAttribute : AuthorizeAttribute { public object? Right { get; set; } }", "Admin(Right = Right.Read)")]
    public Task An_attribute_with_another_fault_is_left_alone(string declarations, string attribute) =>
        Mended<MakeEndpointAttributeVisibleFix>.Leaves(Marked(attribute, declarations));

    private static string Marked(string attribute, string declarations) => $$"""
        using Microsoft.AspNetCore.Authorization;

        [{{attribute}}]
        {{Controller("", "[OnMessage]\n    string").Substring("using Microsoft.AspNetCore.Authorization;\n\n".Length)}}

        public sealed class RequireAttribute(Type type) : AuthorizeAttribute { public Type Type { get; } = type; }
        {{declarations}}
        """;

    private static string Controller(string attribute, string handler) => $$"""
        using Microsoft.AspNetCore.Authorization;

        {{attribute}}[WebSocketController("/a")]
        public sealed partial class A
        {
            {{handler}} Echo(string message) => message;
        }
        """;
}
