using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>What a client of .NET sees after it broke a limit, with a clock that stands still: only its own close frame ends the waiting.</summary>
public class ViolationTests
{
    private const int Attempts = 5;
    private const int FarTooLarge = 4 * 1024 * 1024;

    [Theory]
    [InlineData(Carrier.Http1)]
    [InlineData(Carrier.Http2)]
    [InlineData(Carrier.Http1WithoutStream)]
    [InlineData(Carrier.InMemory)]
    public async Task A_client_that_sends_far_too_much_learns_why_and_closes_cleanly(Carrier carrier)
    {
        await using var app = await Served.StartAsync<ObedientController>(carrier, Served.With(new FakeTimeProvider()));
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            using var client = await app.ConnectAsync("obey");
            var sending = client.SendBinaryAsync(new byte[FarTooLarge]);
            Assert.Equal(1009, (await client.ReceiveCloseAsync()).Status);
            await sending;
        }

        await app.Journal().HasCloses(Attempts);
        Assert.All(app.Journal().Closes, static why => Assert.Equal((CloseCause.MessageTooLarge, true), (why.Cause, why.WasClean)));
        await app.AllEnded();
    }
}
