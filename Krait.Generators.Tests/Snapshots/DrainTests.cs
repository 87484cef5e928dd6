using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class DrainTests
{
    [Fact]
    public Task OnDrain_says_goodbye_with_what_it_returns() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        [JsonDerivedType(typeof(GoAway), "goAway")]
        [JsonDerivedType(typeof(Quote), "quote")]
        public abstract record Feed;

        public sealed record GoAway(double Seconds) : Feed;

        public sealed record Quote(decimal Price) : Feed;

        [JsonSerializable(typeof(Feed))]
        internal sealed partial class FeedJson : JsonSerializerContext;

        [WebSocketController("/feed")]
        public sealed partial class FeedController
        {
            [OnOpen]
            Quote Open() => new(1);

            [OnDrain]
            GoAway Leave(DrainInfo drain) => new(drain.ReconnectAfter.TotalSeconds);
        }
        """);

    [Fact]
    public Task OnDrain_takes_services_of_its_call_and_needs_no_DrainInfo() => GeneratedCode.Verify("""
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/plain")]
        public sealed partial class PlainController
        {
            [OnDrain]
            async Task Leave([FromServices] TimeProvider time, CancellationToken stopping) =>
                await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
        }
        """);
}
