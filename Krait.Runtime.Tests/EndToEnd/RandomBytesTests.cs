using System.Net;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Nothing that a client sends throws out of the endpoint, or harms anybody else.</summary>
public class RandomBytesTests
{
    private const int Cases = 200;

    private static readonly string[] Paths = ["/echo/text", "/echo/raw", "/echo/memory", "/orders/strict", "/orders/tolerant"];

    [Fact]
    public async Task Random_bytes_leave_the_server_healthy_and_its_log_without_errors()
    {
        await using var app = await StartAsync();
        var server = new IPEndPoint(IPAddress.Loopback, app.BaseAddress.Port);
        for (var seed = 0; seed < Cases; seed++)
            await TroubleAsync(server, new(seed));

        await app.AllEnded();
        using var client = await app.ConnectAsync("echo/text");
        Assert.Equal("still well", await client.AskAsync("still well"));
        Assert.DoesNotContain(app.Logs.Entries, entry => entry.Level >= LogLevel.Error);
    }

    private static async Task TroubleAsync(IPEndPoint server, Random random)
    {
        await using var client = await RawClient.ConnectTcpAsync(server);
        var bytes = random.Next(4) == 0 ? [] : Frames(random);
        if (random.Next(2) == 0)
            Damage(bytes, random);

        var handshake = RawClient.Handshake(Paths[random.Next(Paths.Length)]);
        if (random.Next(5) == 0)
            Damage(handshake, random);

        try
        {
            await client.SendAsync(handshake);
            foreach (var part in bytes.Chunk(random.Next(1, 5000)))
                await client.SendAsync(part);

            if (random.Next(2) == 0)
                client.Finish();

            if (random.Next(2) == 0)
                await client.ReadHeadAsync();
        }
        catch (IOException)
        {
            // The server had enough.
        }

        if (random.Next(2) == 0)
            client.Reset();
    }

    private static byte[] Frames(Random random)
    {
        FrameOpcode[] opcodes = [FrameOpcode.Text, FrameOpcode.Binary, FrameOpcode.Continuation, FrameOpcode.Ping, FrameOpcode.Pong, FrameOpcode.Close];
        var frames = new List<byte>();
        for (var i = random.Next(1, 20); i > 0; i--)
        {
            var payload = new byte[random.Next(3) == 0 ? random.Next(70_000) : random.Next(130)];
            if (random.Next(2) == 0)
                random.NextBytes(payload);
            else
                Array.Fill(payload, (byte)'7');

            frames.AddRange(ClientFrame.Of(opcodes[random.Next(opcodes.Length)], payload, isFinal: random.Next(4) != 0));
        }

        return [.. frames];
    }

    private static void Damage(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 10); i > 0 && bytes.Length > 0; i--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
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
}
