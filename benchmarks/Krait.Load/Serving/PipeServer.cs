using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Load.Serving;

/// <summary>How far framing on Kestrel can get: its pipes and hardly anything else.</summary>
/// <remarks>No WebSocket server: it trusts what comes to be messages of up to 125 bytes, each in one frame.</remarks>
internal static class PipeServer
{
    private const int HeaderSize = 2;
    private const int MaskSize = 4;

    public static void Map(WebApplication app)
    {
        app.Map("/binary", context => ServeAsync(context, static payload => payload));
        app.Map("/json", context => ServeAsync(context, static payload =>
            JsonSerializer.SerializeToUtf8Bytes(Moved.By(JsonSerializer.Deserialize(payload, Messages.Default.Move)!), Messages.Default.Moved)));
    }

    private static async Task ServeAsync(HttpContext context, Func<Span<byte>, ReadOnlySpan<byte>> answer)
    {
        context.Response.Headers.Upgrade = "websocket";
        var features = context.Features;
        await using var stream = await features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var pipes = features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        while (await pipes.Input.ReadAsync() is { IsCompleted: false } read)
        {
            var rest = read.Buffer;
            while (TryAnswer(ref rest, pipes.Output, answer))
            {
            }

            pipes.Input.AdvanceTo(rest.Start, rest.End);
            await pipes.Output.FlushAsync();
        }
    }

    private static bool TryAnswer(ref ReadOnlySequence<byte> received, PipeWriter output, Func<Span<byte>, ReadOnlySpan<byte>> answer)
    {
        Span<byte> frame = stackalloc byte[HeaderSize + MaskSize + 125];
        frame = frame[..(int)Math.Min(frame.Length, received.Length)];
        received.Slice(0, frame.Length).CopyTo(frame);
        if (frame.Length < HeaderSize + MaskSize || frame.Length < HeaderSize + MaskSize + (frame[1] & 0x7F))
            return false;

        var payload = frame.Slice(HeaderSize + MaskSize, frame[1] & 0x7F);
        for (var i = 0; i < payload.Length; i++)
            payload[i] ^= frame[HeaderSize + (i % MaskSize)];

        var answered = answer(payload);
        var sent = output.GetSpan(HeaderSize + answered.Length);
        sent[0] = frame[0];
        sent[1] = (byte)answered.Length;
        answered.CopyTo(sent[HeaderSize..]);
        output.Advance(HeaderSize + answered.Length);
        received = received.Slice(HeaderSize + MaskSize + payload.Length);
        return true;
    }
}
