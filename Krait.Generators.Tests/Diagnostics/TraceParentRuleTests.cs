using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>[TraceParent]: KRAIT084.</summary>
public sealed class TraceParentRuleTests
{
    [Theory]
    [InlineData("public sealed record Say { [[|TraceParent|]] public Guid Trace { get; init; } }")]
    [InlineData("public sealed record Say { [[|TraceParent|]] public string? Trace { private get; init; } }")]
    [InlineData("public sealed record Say { [[|TraceParent|]] public string? Trace { set { } } }")]
    [InlineData("public abstract record Traced { [[|TraceParent|]] public string? Trace { get; init; } } public sealed record Say([property: TraceParent] string? Other) : Traced;")]
    public Task Parents_that_cannot_be_read(string type) => WrongCode.Raises(DiagnosticIds.UnfitTraceParent, Receiving(type));

    [Theory]
    [InlineData("public sealed record Say([property: TraceParent] string? Trace);")]
    [InlineData("public struct Say { [TraceParent] public string? Trace { get; set; } }")]
    [InlineData("public sealed class Say { [TraceParent] public string Trace { get; set; } = \"\"; }")]
    [InlineData("public interface ITraced { [TraceParent] string? Trace { get; } } public sealed record Say(string? Trace) : ITraced;")]
    [InlineData("public sealed record Say; public sealed record Other([property: TraceParent] int Trace);")]
    public Task Parents_that_can_be_read(string type) => WrongCode.RaisesNothing(Receiving(type));

    private static string Receiving(string type) => $$"""
        using System.Text.Json.Serialization;

        {{type}}

        [JsonSerializable(typeof(Say))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] string Hear(Say say) => say.ToString()!;
        }
        """;
}
