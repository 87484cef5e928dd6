using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Stress;

/// <summary>How a client of the stress test ends its connection.</summary>
internal enum StressEnd
{
    /// <summary>With a close frame.</summary>
    Closes,

    /// <summary>With a FIN and no close frame.</summary>
    Finishes,

    /// <summary>With a reset.</summary>
    Resets,

    /// <summary>It stops reading, and resets the connection later.</summary>
    Stalls,

    /// <summary>It waits for the server to stop.</summary>
    Stays,
}

/// <summary>One connection of a client that does random things, and what it did.</summary>
internal sealed class StressClient(string id, Random random)
{
    private readonly List<int> _bursts = [0];

    public string Id { get; } = id;

    public StressEnd End { get; } = (StressEnd)random.Next(5);

    /// <summary>Whether the connection was upgraded.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>How many messages were sent.</summary>
    public int Sent => _bursts[^1];

    /// <summary>Whether the client did all that it wanted to.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether messages were handled to the end of what was sent in one piece.</summary>
    public bool IsWhole(int handled) => _bursts.Contains(handled);

    /// <summary>Connects, sends, and ends; a server that stops may cut this at any point.</summary>
    public async Task RunAsync(IPEndPoint server, Task stopping)
    {
        try
        {
            await using var client = await RawClient.ConnectAsync(server, $"/stress/{(random.Next(2) == 0 ? "event" : "queue")}/{Id}");
            IsConnected = true;
            var reading = End == StressEnd.Stalls ? Task.CompletedTask : ReadAsync(client);
            await SendAsync(client);
            await EndAsync(client, stopping);
            await reading;
        }
        catch (Exception e) when (e is IOException or SocketException or Xunit.Sdk.StartsWithException)
        {
            // The server has stopped meanwhile, or refuses the upgrade.
        }
    }

    private async Task SendAsync(RawClient client)
    {
        for (var bursts = random.Next(5); bursts >= 0; bursts--)
        {
            var first = Sent;
            var end = first + random.Next(1, 30);
            await client.SendAsync([.. Enumerable.Range(first, end - first).Select(Message)]);
            _bursts.Add(end);
            if (random.Next(3) == 0)
                await Task.Yield();
        }
    }

    private async Task EndAsync(RawClient client, Task stopping)
    {
        switch (End)
        {
            case StressEnd.Closes:
                await client.SendAsync(ClientFrame.Close(1000));
                break;
            case StressEnd.Finishes:
                client.Finish();
                break;
            case StressEnd.Resets:
                client.Reset();
                break;
            case StressEnd.Stalls:
                await stopping;
                client.Reset();
                break;
        }

        HasEnded = true;
    }

    private async Task ReadAsync(RawClient client)
    {
        try
        {
            while (await client.ReadAsync() is { } frame)
            {
                if (frame.Opcode == FrameOpcode.Close && End == StressEnd.Stays)
                    await client.SendAsync(ClientFrame.Close(frame.CloseStatus));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The connection was reset, by this client or by the server.
        }
    }

    private static byte[] Message(int number) => ClientFrame.Text(number.ToString(CultureInfo.InvariantCulture));
}
