using Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Samples.Tests.Chat;

/// <summary>A server of the chat, on a port that the system picks.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ChatServer(WebApplication app) => this.app = app;

    /// <summary>Starts a server.</summary>
    /// <param name="redis">Where the servers of the chat meet; null if this is the only one.</param>
    public static async Task<ChatServer> StartAsync(string? redis = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddKrait();
        builder.Services.AddRooms<ChatEvent>(rooms => rooms.History = new(length: 50, age: TimeSpan.FromHours(1)));
        if (redis is not null)
            builder.Services.AddKraitRedis(redis);

        var app = builder.Build();
        app.MapWebSocketController<ChatController>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app);
    }

    /// <summary>Lets a client in, which hears the Welcome.</summary>
    /// <param name="name">The client's name.</param>
    /// <param name="room">The room.</param>
    /// <param name="at">The position from which the client goes on; null if it comes for the first time.</param>
    public Task<ChatClient> EnterAsync(string name, string room = "lobby", string? at = null)
    {
        var query = at is null ? "" : $"&at={Uri.EscapeDataString(at)}";
        var path = $"/chat/{Uri.EscapeDataString(room)}?name={Uri.EscapeDataString(name)}{query}";
        return ChatClient.ConnectAsync(new(new(app.Urls.Single().Replace("http", "ws", StringComparison.Ordinal)), path));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
