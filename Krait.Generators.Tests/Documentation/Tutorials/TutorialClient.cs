using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>A client that shows what the tutorial's page shows, or what its client in a terminal shows.</summary>
internal sealed class TutorialClient : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private readonly Func<string, string> show;
    private readonly List<string> lines = ["connected"];

    private TutorialClient(Func<string, string> show) => this.show = show;

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The path, and a query if there is one.</param>
    /// <param name="protocol">The subprotocol to ask for, or null.</param>
    /// <param name="show">How it shows a message; as it is by default.</param>
    /// <exception cref="WebSocketException">The server refused it.</exception>
    public static async Task<TutorialClient> Connect(TutorialServer server, string path, string? protocol = null, Func<string, string>? show = null)
    {
        var client = new TutorialClient(show ?? (message => message));
        if (protocol is not null)
            client.socket.Options.AddSubProtocol(protocol);
        await client.socket.ConnectAsync(new UriBuilder(new Uri(server.Url, path)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Sends a message.</summary>
    public Task Say(string text) => socket.Say(text);

    /// <summary>Fails unless everything that it has shown since it connected is a block of the page.</summary>
    public async Task Shows(string shown)
    {
        for (var count = shown.Split('\n').Length; lines.Count < count;)
            await Hear();
        ShownOutput.Equal(shown, lines);
    }

    /// <summary>Waits for the close of the connection, and fails unless it then shows a line.</summary>
    public async Task ShowsAtLast(string shown)
    {
        while (socket.State == WebSocketState.Open)
            await Hear();
        ShownOutput.Equal(shown, lines[^1..]);
    }

    /// <summary>Types the lines of a block that do not begin with <c>&lt;</c>, and fails unless it then shows the block.</summary>
    public async Task Types(string conversation)
    {
        List<string> terminal = [];
        foreach (var line in conversation.Split('\n'))
        {
            if (line.StartsWith("< ", StringComparison.Ordinal))
                await Hear();
            else if (line != "connected")
                await Say(line);
            terminal.Add(line.StartsWith("< ", StringComparison.Ordinal) ? $"< {lines[^1]}" : line);
        }

        ShownOutput.Equal(conversation, terminal);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private async Task Hear()
    {
        var heard = await socket.Hear().WaitAsync(RunningProgram.Patience, TestContext.Current.CancellationToken);
        if (socket.State != WebSocketState.CloseReceived)
        {
            lines.Add(show(heard));
            return;
        }

        lines.Add($"closed: {(int?)socket.CloseStatus} {socket.CloseStatusDescription}");
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
    }
}
