using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

/// <summary>Fixes of contexts that cannot read what a controller receives, or read more than its types allow: KRAIT079 and KRAIT080.</summary>
public sealed class ReadingFixTests
{
    private const string Mode = "GenerationMode = JsonSourceGenerationMode.Serialization";
    private const string Respect = "RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true";

    [Theory]
    [InlineData($"[JsonSerializable(typeof(Count), {Mode})]", "[JsonSerializable(typeof(Count))]")]
    [InlineData($"[JsonSerializable(typeof(Count), {Mode}, TypeInfoPropertyName = \"N\")]", "[JsonSerializable(typeof(Count), TypeInfoPropertyName = \"N\")]")]
    [InlineData($"[JsonSourceGenerationOptions({Mode})]\n[JsonSerializable(typeof(Count))]", "[JsonSerializable(typeof(Count))]")]
    [InlineData($"[JsonSourceGenerationOptions({Mode}), JsonSerializable(typeof(Count))]", "[JsonSerializable(typeof(Count))]")]
    [InlineData(
        $"[JsonSourceGenerationOptions({Mode}, WriteIndented = true)]\n[JsonSerializable(typeof(Count), {Mode})]",
        "[JsonSourceGenerationOptions(WriteIndented = true)]\n[JsonSerializable(typeof(Count))]")]
    [InlineData(
        $"[JsonSerializable(typeof(Count), {Mode})]\n[JsonSerializable(typeof(int), {Mode})]",
        $"[JsonSerializable(typeof(Count))]\n[JsonSerializable(typeof(int), {Mode})]")]
    public Task A_context_that_only_writes_loses_its_mode_and_keeps_everything_else(string before, string after) =>
        Mended<RemoveGenerationModeFix>.Gives(Source("Count(int N)", before), Source("Count(int N)", after));

    [Fact]
    public Task The_context_of_members_loses_its_mode() =>
        Mended<RemoveGenerationModeFix>.Gives(Listing($"[JsonSerializable(typeof(Count), {Mode})]"), Listing("[JsonSerializable(typeof(Count))]"));

    [Fact]
    public Task Every_message_of_a_project_becomes_readable_at_once() => Mended<RemoveGenerationModeFix>.GivesAll(
        Two($"[JsonSerializable(typeof(Count), {Mode})]\n[JsonSerializable(typeof(Other), {Mode})]"),
        Two("[JsonSerializable(typeof(Count))]\n[JsonSerializable(typeof(Other))]"));

    [Theory]
    [InlineData("[JsonSerializable(typeof(Count))]", $"[JsonSourceGenerationOptions({Respect})]\n[JsonSerializable(typeof(Count))]")]
    [InlineData(
        "// the messages\n[JsonSerializable(typeof(Count))] // one",
        $"// the messages\n[JsonSourceGenerationOptions({Respect})]\n[JsonSerializable(typeof(Count))] // one")]
    [InlineData("[JsonSourceGenerationOptions, JsonSerializable(typeof(Count))]", $"[JsonSourceGenerationOptions({Respect}), JsonSerializable(typeof(Count))]")]
    [InlineData("[JsonSourceGenerationOptions(), JsonSerializable(typeof(Count))]", $"[JsonSourceGenerationOptions({Respect}), JsonSerializable(typeof(Count))]")]
    [InlineData(
        "[JsonSerializable(typeof(Count))]\n[JsonSourceGenerationOptions(WriteIndented = true)]",
        $"[JsonSerializable(typeof(Count))]\n[JsonSourceGenerationOptions(WriteIndented = true, {Respect})]")]
    [InlineData(
        "[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = false)]\n[JsonSerializable(typeof(Count))]",
        "[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]\n[JsonSerializable(typeof(Count))]")]
    public Task A_context_that_does_not_check_nullability_gets_both_options(string before, string after) =>
        Mended<CheckNullabilityFix>.Gives(Source("Count(string N)", before), Source("Count(string N)", after));

    [Fact]
    public Task Every_context_of_a_project_checks_nullability_at_once() => Mended<CheckNullabilityFix>.GivesAll(
        Two("[JsonSerializable(typeof(Count))]\n[JsonSerializable(typeof(Other))]", "string"),
        Two($"[JsonSourceGenerationOptions({Respect})]\n[JsonSerializable(typeof(Count))]\n[JsonSerializable(typeof(Other))]", "string"));

    [Fact]
    public async Task A_context_in_another_file_gets_the_options_by_their_full_name()
    {
        const string listed = "    [System.Text.Json.Serialization.JsonSerializable(typeof(Count))]\n";
        const string header = "namespace App\n{\n";
        const string context = "    internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;\n}\n";
        var test = new CodeFixTest<CheckNullabilityFix>(Controller("A", "Count") + "\n\npublic sealed record Count(string N);\n", header + listed + context);

        await test.FixAll();

        Assert.Equal($"{header}    [System.Text.Json.Serialization.JsonSourceGenerationOptions({Respect})]\n{listed}{context}", await test.Source(1));
        Assert.Empty(await test.Complaints());
    }

    [Fact]
    public async Task A_context_in_another_project_is_left_alone()
    {
        const string library = $$"""
            using System.Text.Json.Serialization;

            public sealed record Count(string N);

            [JsonSerializable(typeof(Count), {{Mode}})]
            public sealed partial class Written : JsonSerializerContext;

            [JsonSerializable(typeof(Count))]
            public sealed partial class Unchecked : JsonSerializerContext;
            """;
        var readsNothing = Controller("A", "Count").Replace("\"/a\"", "\"/a\", JsonContext = typeof(Written)", StringComparison.Ordinal);
        var checksNothing = Controller("A", "Count").Replace("\"/a\"", "\"/a\", JsonContext = typeof(Unchecked)", StringComparison.Ordinal);

        await new CodeFixTest<RemoveGenerationModeFix>(readsNothing).On(library).OffersNothing();
        await new CodeFixTest<CheckNullabilityFix>(checksNothing).On(library).OffersNothing();
    }

    private static string Source(string message, string attributes) => $"""
        using System.Text.Json.Serialization;

        public sealed record {message};

        {attributes}
        internal sealed partial class Json : JsonSerializerContext;

        {Controller("A", "Count")}
        """;

    private static string Listing(string attribute) => $$"""
        using System.Text.Json.Serialization;

        public sealed record Count(int N);

        {{attribute}}
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A([Room("a")] IRoom<string, Count> room)
        {
            [OnMessage] string Hear(string message) => message + room;
        }
        """;

    private static string Two(string attributes, string type = "int") => $"""
        {Source($"Count({type} N)", attributes)}

        public sealed record Other({type} N);

        {Controller("B", "Other")}
        """;

    private static string Controller(string name, string message) => $$"""
        [WebSocketController("/{{name.ToLowerInvariant()}}")]
        public sealed partial class {{name}}
        {
            [OnMessage]
            string Hear({{message}} message) => $"{message.N}";
        }
        """;
}
