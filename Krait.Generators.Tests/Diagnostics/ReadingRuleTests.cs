using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What it takes to read a JSON message, and what reading checks: KRAIT078 to KRAIT081.</summary>
public sealed class ReadingRuleTests
{
    private const string TwoConstructors = "public class Say { public Say(string text) { } public Say(int number) { } }";

    [Theory]
    [InlineData("public interface Say;")]
    [InlineData(TwoConstructors)]
    [InlineData("public class Say { private Say() { } }")]
    public Task A_message_that_the_serializer_can_never_make(string type) => WrongCode.Raises(DiagnosticIds.UnmakeableMessage, Source(type, "[|Say|]"));

    [Theory]
    [InlineData("public interface Say;")]
    [InlineData(TwoConstructors)]
    public Task A_message_that_the_serializer_can_never_make_by_the_named_context(string type) =>
        WrongCode.Raises(DiagnosticIds.UnmakeableMessage, Source(type, "[|Say|]", controller: ", JsonContext = typeof(Json)"));

    [Theory]
    [InlineData("public record Say(int Number);")]
    [InlineData("public class Say { public Say() { } public Say(int number) { } }")]
    [InlineData("public class Say { [JsonConstructor] public Say(string text) { } public Say(int number) { } }")]
    [InlineData("public class Say { private Say(string text) { } public Say(int number) { } }")]
    [InlineData("public struct Say { public Say(string text) { } public Say(int number) { } }")]
    [InlineData("[JsonDerivedType(typeof(Word), \"word\")] public interface Say; public record Word(int Number) : Say;")]
    [InlineData("public class Say : List<int> { public Say() { } }")]
    public Task A_message_that_the_serializer_makes(string type) => WrongCode.RaisesNothing(Source(type, "Say"));

    [Theory]
    [InlineData(", GenerationMode = JsonSourceGenerationMode.Serialization", "")]
    [InlineData("", "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]")]
    public Task A_context_that_only_writes(string mode, string options) =>
        WrongCode.Raises(DiagnosticIds.WriteOnlyContext, Source("public record Say(int Number);", "[|Say|]", mode, options));

    [Theory]
    [InlineData("", "")]
    [InlineData(", GenerationMode = JsonSourceGenerationMode.Metadata", "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]")]
    [InlineData(", GenerationMode = JsonSourceGenerationMode.Default", "[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]")]
    public Task A_context_that_reads(string mode, string options) => WrongCode.RaisesNothing(Source("public record Say(int Number);", "Say", mode, options));

    [Fact]
    public Task A_context_that_only_writes_what_is_only_sent() => WrongCode.RaisesNothing("""
        using System.Text.Json.Serialization;

        public sealed record Said(int Number);

        [JsonSerializable(typeof(Said), GenerationMode = JsonSourceGenerationMode.Serialization)]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] Said Hear(string message) => new(message.Length);
        }
        """);

    [Theory]
    [InlineData("public record Say(string Text);", "")]
    [InlineData("public class Say { public string Text { get; set; } = \"\"; }", "")]
    [InlineData("public record Say(string Text);", "[JsonSourceGenerationOptions(RespectNullableAnnotations = true)]")]
    [InlineData("[JsonDerivedType(typeof(Word), \"word\")] public record Say; public record Word(string Text) : Say;", "")]
    public Task Nullability_that_promises_more_than_is_checked(string type, string options) =>
        WrongCode.Raises(DiagnosticIds.UncheckedNullability, Source(type, "[|Say|]", "", options));

    [Theory]
    [InlineData("public record Say(string? Text, int Number);", "")]
    [InlineData("public record Say(string Text);", "[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]")]
    [InlineData("public record Say(string Text);", "[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Strict)]")]
    public Task Nullability_that_is_checked_or_promises_nothing(string type, string options) =>
        WrongCode.RaisesNothing(Source(type, "Say", "", options), DiagnosticIds.UncheckedNullability);

    [Theory]
    [InlineData("public class Say { [[|Required|]] public string? Text { get; set; } [[|MaxLength(3)|]] public string? Other { get; set; } }")]
    [InlineData("public record Say([[|Range(1, 3)|]] int Number);")]
    [InlineData("public record Say([property: [|Range(1, 3)|]] int Number);")]
    [InlineData("public class OddAttribute : ValidationAttribute; public record Say([[|Odd|]] int Number);")]
    public Task An_attribute_that_nothing_checks(string type) =>
        WrongCode.Raises(DiagnosticIds.UncheckedValidation, Source("using System.ComponentModel.DataAnnotations;\n" + type, "Say"));

    [Fact]
    public Task An_attribute_that_checks_nothing() => WrongCode.RaisesNothing(Source("using System.ComponentModel.DataAnnotations;\npublic record Say([Display] int Number);", "Say"));

    private static string Source(string type, string message, string mode = "", string options = "", string controller = "") => $$"""
        using System.Text.Json.Serialization;
        {{type}}

        {{options}}
        [JsonSerializable(typeof(Say){{mode}})]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string){{controller}})]
        public sealed partial class A
        {
            [OnMessage] void Hear({{message}} message) => Console.WriteLine(message);
        }
        """;
}
