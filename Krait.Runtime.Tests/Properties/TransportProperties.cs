using System.Net.WebSockets;
using System.Text.Unicode;
using CsCheck;
using Krait.Runtime.Tests.Conformance;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;
using Krait.Upgrading;

namespace Krait.Runtime.Tests.Properties;

/// <summary>What holds for the transport, whatever clients send.</summary>
internal static class TransportProperties
{
    private static readonly Gen<(WebSocketMessageType Type, byte[] Payload, int Then)[]> Sent = Gen.Select(
        Gen.Bool,
        Gen.OneOf(Gen.Byte.Array[0, 20], Gen.Byte.Array[120, 130], Gen.OneOf(65_535, 65_536, 70_000).Select(static length => new byte[length])),
        Gen.Int[0, 3],
        static (isText, payload, then) => (isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, payload, then)).Array[0, 20];

    private static readonly Gen<string> Extensions = Gen.OneOf(
        "permessage-deflate", "; ", ", ", "=", " ", "\"", "\\", "server_no_context_takeover", "client_no_context_takeover",
        "server_max_window_bits", "client_max_window_bits", "8", "9", "10", "15", "16", "0", "\u20AC", "; server_max_window_bits=", "; client_max_window_bits=").Array[0, 12].Select(static words => string.Concat(words));

    public static IReadOnlyList<Property> All { get; } =
    [
        Property.Of("any split of a valid conversation gives its messages", Pieces.OfConversations, static both =>
            Assert.Equal(both.Conversation.Told, FrameReaderProbe.Read(both.Pieces.Parts))),

        Property.Of("any bytes in any pieces are read the same as in one", Pieces.Any, static pieces =>
            Assert.Equal(FrameReaderProbe.Read(pieces.Whole), FrameReaderProbe.Read(pieces.Parts))),

        Property.Of("any split of a conversation that a client compresses gives its messages", Pieces.OfConversations, static both =>
            Assert.Equal(both.Conversation.Told, FrameReaderProbe.ReadCompressed((both.Pieces with { Whole = CompressedFrames.Of(both.Pieces.Whole) }).Parts))),

        Property.Of("any compressed bytes in any pieces are read the same as in one", Pieces.Compressed, static pieces =>
            Assert.Equal(FrameReaderProbe.ReadCompressed(pieces.Whole), FrameReaderProbe.ReadCompressed(pieces.Parts))),

        Property.Of("any bytes are answered message by message, or closed", Pieces.Any, static pieces => AnswersAsync(pieces)),

        Property.Of("any bytes end a controller's connection once, and are no error of the server's", Pieces.Any, static pieces => SessionOfBytes.ServeAsync(pieces)),

        Property.Of("any bytes end on the other side of the seam too", Pieces.Any, static pieces => EndsAsync(pieces)),

        Property.Of("both sides of the seam answer a valid conversation alike", Pieces.OfConversations, static both => AnswersAlikeAsync(both.Pieces)),

        Property.Of("what is sent arrives, however it is flushed", Gen.Select(Sent, Gen.OneOf(0, 1, 1000), Gen.Bool), static sent => ArrivesAsync(sent.Item1, sent.Item2, sent.Item3)),

        Property.Of("what is sent compressed arrives, with context or without", Gen.Select(Sent, Gen.Bool, Gen.OneOf(9, 12, 15)), static sent => ArrivesCompressedAsync(sent.Item1, sent.Item2, sent.Item3)),

        Property.Of("text is judged alike in any pieces", Pieces.Any, static pieces =>
        {
            var validator = new Utf8Validator();
            Assert.Equal(Utf8.IsValid(pieces.Whole), pieces.Parts.All(part => validator.Append(part)) && validator.IsComplete);
        }),

        Property.Of("any offer of extensions is answered with what could be offered back", Extensions.Array[1, 3], static headers =>
        {
            if (DeflateNegotiation.Agree(headers) is { } agreed)
                Assert.Equal(DeflateNegotiation.Answer(agreed), DeflateNegotiation.Answer(DeflateNegotiation.Agree(DeflateNegotiation.Answer(agreed))!));
        }),
    ];

    /// <summary>Holds of a client's bytes what must hold of any: of the frames alone, which is the same each time, so that coverage can be compared.</summary>
    public static Task CheckFramesAsync(Pieces pieces)
    {
        Assert.Equal(FrameReaderProbe.Read(pieces.Whole), FrameReaderProbe.Read(pieces.Parts));
        Assert.Equal(FrameReaderProbe.ReadCompressed(pieces.Whole), FrameReaderProbe.ReadCompressed(pieces.Parts));
        return AnswersAsync(pieces);
    }

    private static async Task AnswersAsync(Pieces pieces)
    {
        var (output, end) = await ServeAsync(pieces, preferWebSocket: false);
        var told = FrameReaderProbe.Read(pieces.Whole);
        Assert.Equal(told.Count > 0 && told[^1].Split(' ')[0] is "Close" or "Violation", end.Kind != TransportReadKind.Lost);
        if (output is not null)
            Assert.Equal(told.Select(ExpectedAnswer), await TellAsync(output));
    }

    private static async Task EndsAsync(Pieces pieces)
    {
        var (output, end) = await ServeAsync(pieces, preferWebSocket: true);
        Assert.NotEqual(TransportReadKind.Message, end.Kind);
        if (output is not null)
            await TellAsync(output);
    }

    private static async Task AnswersAlikeAsync(Pieces pieces)
    {
        var ours = await ServeAsync(pieces, preferWebSocket: false);
        var theirs = await ServeAsync(pieces, preferWebSocket: true);
        Assert.Equal((ours.End.Kind, ours.End.Status), (theirs.End.Kind, theirs.End.Status));
        if (ours.Output is null || theirs.Output is null)
            return;

        // System.Net.WebSockets sends its pongs by itself, and so earlier.
        var (our, their) = (await TellAsync(ours.Output), await TellAsync(theirs.Output));
        Assert.Equal(our.Where(IsPong), their.Where(IsPong));
        Assert.Equal(our.Where(static told => !IsPong(told)), their.Where(static told => !IsPong(told)));

        static bool IsPong(string told) => told.StartsWith("Pong", StringComparison.Ordinal);
    }

    /// <summary>Serves a client that sends all of it and then ends its side.</summary>
    private static async Task<(byte[]? Output, TransportRead End)> ServeAsync(Pieces pieces, bool preferWebSocket)
    {
        await using var connection = new InMemoryConnection(Limits.Wide with { MaxMessageSize = 1000, PreferWebSocket = preferWebSocket });
        var serving = EchoLoop.RunAsync(connection.Transport);
        foreach (var part in pieces.Parts.TakeWhile(_ => !connection.Aborted.IsCompleted))
            await connection.SendAsync(part);

        connection.Finish();
        var end = await serving;
        return (connection.TakeReceived(), end);
    }

    private static string ExpectedAnswer(string told) => told.Split(' ') switch
    {
        ["Ping", var payload] => $"Pong {payload}",
        ["Close", "1005", ..] => "Close ",
        ["Close" or "Violation", var status, ..] => $"Close {status}",
        _ => told,
    };

    private static async Task<List<string>> TellAsync(byte[] output)
    {
        var told = new List<string>();
        var stream = new MemoryStream(output);
        while (await ServerFrame.ReadAsync(stream, CancellationToken.None) is { } frame)
        {
            Assert.True(frame.IsFinal);
            told.Add(frame.Opcode == FrameOpcode.Close
                ? $"Close {(frame.Payload.Length == 0 ? "" : frame.CloseStatus)}"
                : $"{frame.Opcode} {Convert.ToHexString(frame.Payload)}");
        }

        return told;
    }

    private static async Task ArrivesCompressedAsync((WebSocketMessageType Type, byte[] Payload, int Then)[] messages, bool keepsContext, int windowBits)
    {
        await using var connection = new InMemoryConnection(deflate: new() { ServerContextTakeover = keepsContext, ServerMaxWindowBits = windowBits });
        var history = new DeflatedHistory(keepsContext);
        foreach (var (type, payload, _) in messages)
        {
            connection.Append(type, payload);
            connection.Transport.Flush();
            var frame = await connection.ReceiveAsync();
            Assert.True(frame is { IsCompressed: true, IsFinal: true });
            Assert.Equal(payload, history.Inflate(frame.Payload));
        }
    }

    private static async Task ArrivesAsync((WebSocketMessageType Type, byte[] Payload, int Then)[] messages, int sendWindow, bool preferWebSocket)
    {
        await using var connection = new InMemoryConnection(Limits.Wide with { PreferWebSocket = preferWebSocket }, sendWindow);
        foreach (var (type, payload, then) in messages)
        {
            connection.Transport.Post(type, payload, isReply: then != 3);
            Action act = then switch { 0 => connection.Transport.Flush, 1 => () => connection.Transport.HoldsReplies = true, 2 => connection.Transport.ReleaseReplies, _ => static () => { } };
            act();
        }

        connection.Transport.ReleaseReplies();
        foreach (var (_, payload, _) in messages)
            Assert.Equal(payload, await connection.ReceiveMessageAsync());

        Assert.Equal(0, connection.Transport.BufferedBytes);
    }
}
