using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.App_1.Tests;

public sealed class ChatControllerTests
{
    [Fact]
    public async Task Everybody_in_the_room_gets_a_message()
    {
        // If the server does not answer, the test fails after a minute.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        await using var app = await StartAsync(deadline.Token);
        using var ada = await ConnectAsync(app, "/chat/kitchen?name=Ada", deadline.Token);
        using var bo = await ConnectAsync(app, "/chat/kitchen?name=Bo", deadline.Token);

        Assert.Equal("""{"name":"Krait","text":"Welcome, Ada."}""", await ReceiveAsync(ada, deadline.Token));
        Assert.Equal("""{"name":"Krait","text":"Welcome, Bo."}""", await ReceiveAsync(bo, deadline.Token));

        await ada.SendAsync(Encoding.UTF8.GetBytes("""{"text":"hello"}"""), WebSocketMessageType.Text, endOfMessage: true, deadline.Token);

        Assert.Equal("""{"name":"Ada","text":"hello"}""", await ReceiveAsync(ada, deadline.Token));
        Assert.Equal("""{"name":"Ada","text":"hello"}""", await ReceiveAsync(bo, deadline.Token));
    }

    // A real server on a free port. Register fakes of your services here.
    private static async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKrait();
        var app = builder.Build();
        app.MapWebSocketController<ChatController>();
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static async Task<ClientWebSocket> ConnectAsync(WebApplication app, string path, CancellationToken cancellationToken)
    {
        var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri(app.Urls.Single().Replace("http:", "ws:") + path), cancellationToken);
        return client;
    }

    private static async Task<string> ReceiveAsync(ClientWebSocket client, CancellationToken cancellationToken)
    {
        var buffer = new byte[1024];
        var received = await client.ReceiveAsync(buffer, cancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }
}
