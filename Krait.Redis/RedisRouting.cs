using StackExchange.Redis;

namespace Krait.Redis;

/// <summary>Chooses between ordinary and sharded pub/sub.</summary>
/// <remarks>In a cluster, every node gets every ordinary message; a sharded one goes only to the nodes of its slot.</remarks>
/// <param name="isSharded">True or false; null to find out whether it is a cluster.</param>
internal sealed class RedisRouting(bool? isSharded)
{
    public RedisChannel Channel(IConnectionMultiplexer connection, string name) =>
        IsSharded(connection) ? RedisChannel.Sharded(name) : RedisChannel.Literal(name);

    public string PublishCommand(IConnectionMultiplexer connection) => IsSharded(connection) ? "SPUBLISH" : "PUBLISH";

    private bool IsSharded(IConnectionMultiplexer connection) => isSharded ?? IsCluster(connection);

    private static bool IsCluster(IConnectionMultiplexer connection)
    {
        foreach (var server in connection.GetServers())
        {
            if (server.ServerType == ServerType.Cluster)
                return true;
        }

        return false;
    }
}
