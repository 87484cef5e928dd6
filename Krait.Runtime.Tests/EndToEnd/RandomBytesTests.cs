using System.Net;
using CsCheck;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Properties;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Nothing that a client sends throws out of the endpoint, or harms anybody else.</summary>
public class RandomBytesTests
{
    private const int Cases = 200;
    private const ulong Seed = 6455;

    private static readonly string[] Paths = ["/echo/text", "/echo/raw", "/echo/memory", "/orders/strict", "/orders/tolerant"];

    private static readonly Gen<byte[]> Handshakes = Gen.Select(
        Gen.OneOf(Paths), Gen.Frequency((4, Gen.Const(Array.Empty<(int, byte)>())), (1, Gen.Select(Gen.Int[0, 1000], Gen.Byte).Array[1, 10])), Handshake);

    private static readonly Gen<Trouble> Troubles = Gen.Select(
        Handshakes, Pieces.Any, Gen.Bool, Gen.Bool, Gen.Bool, static (handshake, pieces, finishes, reads, resets) => new Trouble(handshake, pieces, finishes, reads, resets));

    [Fact]
    public async Task Random_bytes_leave_the_server_healthy_and_its_log_without_errors()
    {
        await using var app = await StartAsync();
        var server = new IPEndPoint(IPAddress.Loopback, app.BaseAddress.Port);
        for (uint number = 0; number < Cases; number++)
            await CauseAsync(Troubles.Generate(new PCG(number, Seed), null, out _), server);

        await app.AllEnded();
        using var client = await app.ConnectAsync("echo/text");
        Assert.Equal("still well", await client.AskAsync("still well"));
        Assert.DoesNotContain(app.Logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    private static async Task CauseAsync(Trouble trouble, IPEndPoint server)
    {
        await using var client = await RawClient.ConnectTcpAsync(server);
        try
        {
            await client.SendAsync(trouble.Handshake);
            foreach (var part in trouble.Pieces.Parts)
                await client.SendAsync(part);

            if (trouble.Finishes)
                client.Finish();

            if (trouble.Reads)
                await client.ReadHeadAsync();
        }
        catch (IOException)
        {
            // The server had enough.
        }

        if (trouble.Resets)
            client.Reset();
    }

    private static byte[] Handshake(string path, (int Place, byte Byte)[] faults)
    {
        var handshake = RawClient.Handshake(path);
        foreach (var (place, value) in faults)
            handshake[place % handshake.Length] = value;

        return handshake;
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.MapWebSocketController<TextEchoController>();
            app.MapWebSocketController<RawEchoController>();
            app.MapWebSocketController<MemoryEchoController>();
            app.MapWebSocketController<StrictOrdersController>();
            app.MapWebSocketController<TolerantOrdersController>();
        });

    private sealed record Trouble(byte[] Handshake, Pieces Pieces, bool Finishes, bool Reads, bool Resets);
}
