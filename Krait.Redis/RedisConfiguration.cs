using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>Says how to connect, and connects.</summary>
/// <param name="read">Reads the configuration.</param>
internal sealed class RedisConfiguration(Func<Task<ConfigurationOptions>> read)
{
    /// <summary>The longest time in milliseconds that one attempt to connect may take: the core gives up after 10 s.</summary>
    private const int ConnectTimeout = 5_000;

    /// <summary>
    /// The longest time in milliseconds that one command may take. The library gives up a connection that has brought nothing for
    /// four times as long. Until then every send waits for its timeout, even if the network works again.
    /// </summary>
    private const int CommandTimeout = 2_500;

    private const int BetweenAttempts = 1_000;

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="ArgumentException">The configuration cannot be read, or names no server.</exception>
    public static ConfigurationOptions Parse(string configuration)
    {
        var options = string.IsNullOrWhiteSpace(configuration) ? new() : Read(configuration);
        Demand(options);
        return options;
    }

    /// <summary>Throws if a configuration names no server.</summary>
    public static void Demand(ConfigurationOptions configuration)
    {
        if (configuration.EndPoints.Count == 0)
            throw new ArgumentException(
                "The configuration of Redis names no server; begin it with one, such as \"redis:6379\".", nameof(configuration));
    }

    /// <summary>Connects for commands. The connection may not have succeeded yet; it goes on trying.</summary>
    /// <remarks>It fails fast: a message that has failed must not be sent later.</remarks>
    public Task<IConnectionMultiplexer> ConnectAsync() => ConnectAsync(BacklogPolicy.FailFast);

    /// <summary>Connects for subscriptions. The connection may not have succeeded yet; it goes on trying.</summary>
    public async Task<IConnectionMultiplexer> ConnectListenerAsync()
    {
        var connection = await ConnectAsync(BacklogPolicy.Default).ConfigureAwait(false);

        // The library does not wait for the connection on which messages arrive. This waits for it, or for the timeout.
        await ((Task)connection.GetSubscriber().PingAsync()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return connection;
    }

    private async Task<IConnectionMultiplexer> ConnectAsync(BacklogPolicy policy) =>
        await ConnectionMultiplexer.ConnectAsync(Prepare(await read().ConfigureAwait(false), policy)).ConfigureAwait(false);

    private static ConfigurationOptions Read(string configuration)
    {
        try
        {
            return ConfigurationOptions.Parse(configuration);
        }
        catch (ArgumentException e)
        {
            var reason = e.Message.Split(" (Parameter ")[0].TrimEnd('.');
            throw new ArgumentException(
                $"The configuration of Redis cannot be read: {reason}. Write it in the form of StackExchange.Redis: "
                + "\"redis:6379,password=...\".",
                nameof(configuration),
                e);
        }
    }

    private static ConfigurationOptions Prepare(ConfigurationOptions configuration, BacklogPolicy policy)
    {
        var options = configuration.Clone();
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = policy;
        options.ReconnectRetryPolicy = new LinearRetry(BetweenAttempts);
        options.ChannelPrefix = default; // the script that publishes would not have it
        options.Protocol = RedisProtocol.Resp2; // subscriptions have a connection of their own from the start
        options.ConfigurationChannel = ""; // a subscription would put the commands under Redis' limits for slow subscribers
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, ConnectTimeout);
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, CommandTimeout);
        options.SyncTimeout = Math.Min(options.SyncTimeout, CommandTimeout);
        return options;
    }
}
