using System.Net.WebSockets;
using System.Text;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Unions, codecs by subprotocol, ids of requests, and binary beside text, on real connections.</summary>
public class UnionTests
{
    private const string Json = "bank.v1+json";
    private const string Line = "bank.v1+line";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_type_has_its_handler_and_every_reply_carries_the_id_of_its_request()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("bank", [Json]);

        Assert.Equal("""{"$type":"balance","amount":100,"id":7}""", await client.AskAsync("""{"op":"deposit","amount":100,"id":7}"""));
        Assert.Equal("""{"$type":"balance","amount":120,"id":8}""", await client.AskAsync("""{"id":8,"wish":"peace","amount":10,"op":"gift"}"""));
        Assert.Equal("""{"$type":"balance","amount":90,"id":9}""", await client.AskAsync("""{"id":9,"op":2,"amount":30}"""));
        await client.SendTextAsync("""{"op":2,"amount":0,"id":10}""");
        Assert.Equal("""{"$type":"balance","amount":0,"id":11}""", await client.AskAsync("""{"op":"history","count":2,"id":11}"""));
        Assert.Equal("""{"$type":"balance","amount":1,"id":11}""", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_request_that_fails_is_answered_by_its_id()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("bank", [Json]);

        Assert.Equal("""{"$type":"problem","id":5,"text":"Withdraw: There is not enough."}""", await client.AskAsync("""{"op":2,"amount":1,"id":5}"""));
    }

    [Theory]
    [InlineData("""{"op":"audit","id":3}""", 3, InvalidMessageKind.UnknownType)]
    [InlineData("""{"op":"rob","id":3}""", 0, InvalidMessageKind.UnknownType)]
    [InlineData("""{"id":3}""", 0, InvalidMessageKind.UnknownType)]
    [InlineData("""{"op":"gift","amount":1,"wish":"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"}""", 0, InvalidMessageKind.TooLarge)]
    [InlineData("""{"op":"deposit","amount":"all"}""", 0, InvalidMessageKind.Malformed)]
    public async Task What_is_no_message_is_told_to_OnError_and_the_connection_goes_on(string message, int id, InvalidMessageKind kind)
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("bank", [Json]);

        Assert.Equal($$"""{"$type":"problem","id":{{id}},"text":"{{kind}}"}""", await client.AskAsync(message));
        Assert.Equal("""{"$type":"balance","amount":1,"id":1}""", await client.AskAsync("""{"op":"deposit","amount":1,"id":1}"""));
    }

    [Fact]
    public async Task The_codec_follows_the_subprotocol_and_one_instance_serves_every_connection()
    {
        await using var app = await StartAsync();
        using var first = await app.ConnectAsync("bank", [Line]);
        using var second = await app.ConnectAsync("bank", [Line]);
        using var json = await app.ConnectAsync("bank", [Line, Json]);

        Assert.Equal("1 100", await AskBinaryAsync(first, "d;1;100"));
        Assert.Equal("2 30", await AskBinaryAsync(second, "d;2;30"));
        Assert.Equal("3 Withdraw: There is not enough.", await AskBinaryAsync(first, "w;3;101"));
        Assert.Equal("""{"$type":"balance","amount":1,"id":1}""", await json.AskAsync("""{"op":"deposit","amount":1,"id":1}"""));
        Assert.Equal(1, app.Services.GetRequiredService<Separator>().Codecs);
    }

    [Theory]
    [InlineData("d;x;100", "0 Malformed")]
    [InlineData("j", "0 Malformed")]
    [InlineData("p;12", "12 Malformed")]
    public async Task What_a_codec_cannot_read_is_an_invalid_message(string line, string answer)
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("bank", [Line]);

        Assert.Equal(answer, await AskBinaryAsync(client, line));
    }

    [Fact]
    public async Task A_codec_that_fails_otherwise_is_a_fault_of_the_server()
    {
        await using var app = await StartAsync();
        using var client = await app.ConnectAsync("bank", [Line]);

        await client.SendBinaryAsync(Encoding.UTF8.GetBytes("x"));

        var closed = await client.ReceiveAsync(new byte[64], Ct).InTime();
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.InternalServerError), (closed.MessageType, closed.CloseStatus));
    }

    [Fact]
    public async Task A_codec_whose_service_is_missing_is_told_when_the_controller_is_mapped()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(app => app.MapWebSocketController<BankController>(), _ => { }));

        Assert.Contains("A codec of BankController needs the service Krait.Runtime.Tests.EndToEnd.Separator", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_frames_stand_beside_text_and_lie_still_while_they_are_handled()
    {
        await using var app = await Served.StartAsync<CallController>();
        using var client = await app.ConnectAsync("call");

        for (var i = 0; i < 50; i++)
            await client.SendBinaryAsync([.. Enumerable.Repeat((byte)i, 1000)]);

        app.Gate().Open();
        Assert.Equal("sum: 50000", await client.AskAsync("sum"));
    }

    [Fact]
    public async Task A_binary_frame_that_fails_is_told_to_OnError_as_it_came()
    {
        await using var app = await Served.StartAsync<CallController>();
        using var client = await app.ConnectAsync("call");

        await client.SendBinaryAsync([]);

        Assert.Equal("Silence. RawMessage", await client.ReceiveTextAsync());
    }

    private static Task<TestApp> StartAsync() =>
        TestApp.StartAsync(app => app.MapWebSocketController<BankController>(), builder => builder.Services.AddSingleton(new Separator(';')));

    private static async Task<string> AskBinaryAsync(WebSocket client, string line)
    {
        await client.SendBinaryAsync(Encoding.UTF8.GetBytes(line));
        var buffer = new byte[1024];
        var result = await client.ReceiveAsync(buffer.AsMemory(), Ct).AsTask().InTime();
        Assert.Equal(WebSocketMessageType.Binary, result.MessageType);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
