using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Xunit.Sdk;

namespace Krait.Generators.Tests.Incrementality;

public sealed class PipelineTests
{
    private static readonly GeneratorRun Run = GeneratorRun.Of("""
        using System.Text.Json.Serialization;

        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        [WebSocketController("/chat")]
        public sealed partial class ChatController
        {
            [OnMessage]
            Say Echo(Say message) => message;
        }
        """);

    [Fact]
    public void Every_step_is_tracked_by_its_name() =>
        Assert.Equal(TrackingNames.All.Order(), Run.Krait.TrackedSteps.Keys.Intersect(TrackingNames.All).Order());

    [Fact]
    public void A_run_without_an_edit_is_cached() => CachingLaw.Check(Run);

    [Fact]
    public void A_symbol_in_a_model_would_be_found() =>
        Assert.ThrowsAny<XunitException>(() => ModelLaw.Check(new[] { new { Name = "a", Type = (ISymbol)Run.Output.Assembly } }, "Model"));

    [Fact]
    public void A_location_in_a_model_would_be_found() =>
        Assert.ThrowsAny<XunitException>(() => ModelLaw.Check((1, new List<object> { Location.None }), "Model"));

    [Fact]
    public void A_model_of_texts_and_numbers_is_fine() => ModelLaw.Check(new[] { new { Name = "a", Count = 1, Kind = DayOfWeek.Friday } }, "Model");
}
