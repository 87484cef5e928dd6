using Microsoft.AspNetCore.SignalR;

namespace Krait.Load.Serving;

/// <summary>A hub with the JSON protocol, which gets the same compile-time metadata as the others.</summary>
/// <remarks>Its pings are records like its answers, and it pings in the middle of traffic too: none come while it is measured.</remarks>
internal static class SignalRServer
{
    private static readonly TimeSpan Unmeasured = TimeSpan.FromDays(1);

    public static void Add(WebApplicationBuilder builder) => builder.Services
        .AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = Limits.LargestMessage;
            options.KeepAliveInterval = options.ClientTimeoutInterval = Unmeasured;
        })
        .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));

    public static void Map(WebApplication app) => app.MapHub<LoadHub>("/hub");
}

public sealed class LoadHub : Hub
{
    public string Echo(string message) => message;

    public Moved Move(Move command) => Moved.By(command);
}
