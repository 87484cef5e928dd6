using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class ExpiringTests
{
    [Fact]
    public Task OnExpiring_warns_with_what_it_returns() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Expiring), "expiring")]
        [JsonDerivedType(typeof(Quote), "quote")]
        public abstract record Feed;

        public sealed record Expiring(DateTimeOffset At) : Feed;

        public sealed record Quote(decimal Price) : Feed;

        [JsonSerializable(typeof(Feed))]
        internal sealed partial class FeedJson : JsonSerializerContext;

        [WebSocketController("/feed")]
        public sealed partial class FeedController
        {
            [OnOpen]
            Quote Open() => new(1);

            [OnExpiring]
            Expiring Warn(ExpirationInfo expiration) => new(expiration.ExpiresAt);
        }
        """);

    [Fact]
    public Task OnExpiring_takes_services_of_its_call_and_needs_no_ExpirationInfo() => GeneratedCode.Verify("""
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/plain")]
        public sealed partial class PlainController
        {
            [OnExpiring]
            async Task Renew([FromServices] TimeProvider time, CancellationToken stopping) =>
                await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
        }
        """);
}
