using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>One mistake is said once, by the rule that matters.</summary>
public sealed class OneComplaintTests
{
    private const string Types = "public sealed record Say(string Text);";

    [Fact]
    public Task A_type_that_is_received_and_sent_lacks_metadata_once() => WrongCode.Raises(DiagnosticIds.NoJsonContext, Types + """

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] Say Echo([|Say|] message) => message;
        }
        """);

    [Fact]
    public Task Several_contexts_of_a_type_that_is_received_and_sent_are_named_once() => WrongCode.Raises(DiagnosticIds.SeveralJsonContexts, Types + """

        [System.Text.Json.Serialization.JsonSerializable(typeof(Say))]
        internal sealed partial class One : System.Text.Json.Serialization.JsonSerializerContext;

        [System.Text.Json.Serialization.JsonSerializable(typeof(Say))]
        internal sealed partial class Two : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] Say Echo([|Say|] message) => message;
        }
        """);

    [Theory]
    [InlineData("[OnMessage] [|Task<Say>?|] Hear(string message) => null;")]
    [InlineData("[OnMessage] void Hear(string message) { } [OnOpen] [|Task<Say>?|] Greet() => null;")]
    [InlineData("[Run] [|IAsyncEnumerable<Say>?|] Run() => null;")]
    public Task What_cannot_be_returned_needs_no_metadata(string members) => WrongCode.Raises(DiagnosticIds.UnfitHandler, $$"""
        {{Types}}

        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{members}}
        }
        """);

    [Theory]
    [InlineData("public [|static|] partial class A;")]
    [InlineData("public [|abstract|] partial class A;")]
    [InlineData("public sealed partial [|record|] A;")]
    public Task A_class_that_cannot_be_a_controller_needs_no_handler(string declaration) =>
        WrongCode.Raises(DiagnosticIds.UnfitClass, "[WebSocketController(\"/a\")]\n" + declaration);
}
