using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of code that compiles and does something else than it seems to: KRAIT026, KRAIT050, KRAIT078 to KRAIT081, KRAIT096 to KRAIT098.</summary>
internal static class TrapSentences
{
    private const string Mapped = "var app = WebApplication.CreateBuilder(args).Build();\n";

    public static IReadOnlyList<Sentence> All { get; } =
    [
        Sentence.OfArguments(
            DiagnosticIds.MalformedOrigin,
            "'app.example' is not an origin, so the application will not start; write scheme://host or scheme://host:port without a path, or * for all",
            "\"/a\", AllowedOrigins = \"https://a.example, [|app.example|]\""),
        new(DiagnosticIds.InheritedHandler,
            "Krait does not call 'Leave', because [OnClose] has no effect in 'Logged', which is not a controller; write an [OnClose] method in 'A' that calls it",
            "[WebSocketController(\"/a\")]\npublic sealed partial class A : [|Logged|]\n{\n    [OnMessage] string Echo(string message) => message;\n}",
            LanguageVersion.CSharp14,
            "public abstract class Logged\n{\n    [OnClose] protected void Leave(CloseInfo info) { }\n}"),
        Message(DiagnosticIds.UnmakeableMessage,
            "System.Text.Json cannot create a 'Say': it is an interface without [JsonDerivedType]; take a class, or list the types that implement it",
            "public interface Say { string Text { get; } }", "[|Say|]"),
        Message(DiagnosticIds.UnmakeableMessage,
            "System.Text.Json cannot create a 'Say': it has no public constructor, or several; mark the one to use with [JsonConstructor]",
            "public sealed class Say\n{\n    public Say(string text) => Text = text;\n\n    public Say(int number) => Text = $\"{number}\";\n\n    public string Text { get; }\n}", "[|Say|]"),
        Message(DiagnosticIds.WriteOnlyContext, "'Json' can only write 'Say', because its GenerationMode is Serialization; remove GenerationMode",
            "public sealed record Say(string Text);", "[|Say|]", ", GenerationMode = JsonSourceGenerationMode.Serialization"),
        Message(DiagnosticIds.UncheckedNullability,
            "'Say.Text' may be null although its type is not nullable; set RespectNullableAnnotations and RespectRequiredConstructorParameters on 'Json'",
            "public sealed record Say(string Text);", "[|Say|]"),
        Message(DiagnosticIds.UncheckedValidation, "Krait does not check [Required] on 'Say.Text'; check the value in the handler",
            "public sealed class Say\n{\n    [[|System.ComponentModel.DataAnnotations.Required|]]\n    public string? Text { get; set; }\n}", "Say"),
        Sentence.Beside(DiagnosticIds.EndlessOpen, "'Open' never returns, and Krait handles no message before it does; move this code to a [Run] method",
            "[OnOpen] async Task Open() { [|while|] (!ShouldStop) await Task.Delay(1000); }"),
        new(DiagnosticIds.UnmappedLibrary,
            "The application does not map the controllers of 'Library', because MapWebSocketControllers() maps only those of its own assembly; call MapWebSocketController<Remote>()",
            Mapped + "app.MapWebSocketControllers();\napp.[|Run|]();",
            LanguageVersion.CSharp14,
            "[WebSocketController(\"/remote\")]\npublic sealed partial class Remote\n{\n    [OnMessage] string Echo(string message) => message;\n}"),
        new(DiagnosticIds.HeldDbContext,
            "The controller 'A' keeps 'ShopDb' for the lifetime of its connection; take IDbContextFactory<ShopDb> and create a context for each message",
            """
            namespace Microsoft.EntityFrameworkCore
            {
                public class DbContext;
            }

            public sealed class ShopDb : Microsoft.EntityFrameworkCore.DbContext;

            [WebSocketController("/a")]
            public sealed partial class A([|ShopDb|] db)
            {
                [OnMessage] string Echo(string message) => message + db;
            }
            """),
    ];

    private static Sentence Message(string id, string text, string type, string parameter, string mode = "") => new(id, text, $$"""
        using System.Text.Json.Serialization;

        {{type}}

        [JsonSerializable(typeof(Say){{mode}})]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A
        {
            [OnMessage] string Hear({{parameter}} message) => $"{message}";
        }
        """);
}
