using System.Text;
using Krait.Redis.Tests.Servers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Redis.Tests.Engine;

/// <summary>A test with a Redis of its own.</summary>
public abstract class OnRedis : IAsyncLifetime
{
    private protected static readonly RoomChannel Relay = new("Chat/relay", null);
    private protected static readonly RoomChannel Kept = new("Chat/kept", new(length: 10_000, age: TimeSpan.FromMinutes(5)));

    private protected RedisServer Redis { get; private set; } = null!;

    private protected Engines Engines { get; private set; } = null!;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Redis = await RedisServer.StartAsync();
        Engines = new(Redis.Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Engines.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static async Task PublishAsync(IRoomBackplane engine, RoomChannel channel, params IEnumerable<string> texts)
    {
        foreach (var text in texts)
            await engine.PublishAsync(channel, Bytes(text)).AsTask().InTime();
    }

    /// <summary>Publishes until Redis takes a message.</summary>
    private protected static Task PublishUntilTakenAsync(IRoomBackplane engine, RoomChannel channel, string text) =>
        Patience.Until(async () =>
        {
            var publishing = engine.PublishAsync(channel, Bytes(text)).AsTask();
            await ((Task)publishing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return publishing.IsCompletedSuccessfully;
        });
}
