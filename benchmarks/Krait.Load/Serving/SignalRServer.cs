using Microsoft.AspNetCore.SignalR;

namespace Krait.Load.Serving;

/// <summary>A hub with the JSON protocol, which gets the same compile-time metadata as the others.</summary>
/// <remarks>Its pings are records like its answers, and come in the middle of traffic too; and it closes on a client that does not ping. Neither while it is measured.</remarks>
internal static class SignalRServer
{
    public static ISignalRServerBuilder Add(WebApplicationBuilder builder)
    {
        builder.Services.Configure<HubOptions>(
            static options => options.KeepAliveInterval = options.ClientTimeoutInterval = Limits.LongerThanAnyRun);
        return AddWithPings(builder);
    }

    /// <summary>Adds it with the usual pings, for clients that ping too.</summary>
    public static ISignalRServerBuilder AddWithPings(WebApplicationBuilder builder) => builder.Services
        .AddSignalR(options => options.MaximumReceiveMessageSize = Limits.LargestMessage)
        .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));

    public static void Map(WebApplication app) => app.MapHub<LoadHub>("/hub");
}

public sealed class LoadHub : Hub
{
    public string Echo(string message) => message;

    public Moved Move(Move command) => Moved.By(command);
}
