using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Load.Serving;

/// <summary>What no framing on Kestrel can be faster than: its pipes and hardly anything else.</summary>
/// <remarks>No WebSocket server: it trusts what comes to be binary messages of up to 125 bytes, each in one frame.</remarks>
internal static class PipeServer
{
    private const int HeaderSize = 2;
    private const int MaskSize = 4;

    public static void Map(WebApplication app) => app.Map("/binary", async context =>
    {
        context.Response.Headers.Upgrade = "websocket";
        var features = context.Features;
        await using var stream = await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var pipes = features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        while (await pipes.Input.ReadAsync() is { IsCompleted: false } read)
        {
            var rest = read.Buffer;
            while (TryEcho(ref rest, pipes.Output))
            {
            }

            pipes.Input.AdvanceTo(rest.Start, rest.End);
            await pipes.Output.FlushAsync();
        }
    });

    private static bool TryEcho(ref ReadOnlySequence<byte> received, PipeWriter output)
    {
        Span<byte> header = stackalloc byte[HeaderSize + MaskSize];
        if (received.Length < header.Length)
            return false;

        received.Slice(0, header.Length).CopyTo(header);
        var length = header[1] & 0x7F;
        if (received.Length < header.Length + length)
            return false;

        var answer = output.GetSpan(HeaderSize + length);
        answer[0] = header[0];
        answer[1] = (byte)length;
        var payload = answer.Slice(HeaderSize, length);
        received.Slice(header.Length, length).CopyTo(payload);
        for (var i = 0; i < length; i++)
            payload[i] ^= header[HeaderSize + (i % MaskSize)];

        output.Advance(HeaderSize + length);
        received = received.Slice(header.Length + length);
        return true;
    }
}
