using Microsoft.AspNetCore.SignalR;

namespace Krait.Load.Serving;

/// <summary>A hub with the JSON protocol, which gets the same compile-time metadata as the others.</summary>
internal static class SignalRServer
{
    public static void Add(WebApplicationBuilder builder) => builder.Services
        .AddSignalR(options => options.MaximumReceiveMessageSize = Limits.LargestMessage)
        .AddJsonProtocol(options => options.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, Messages.Default));

    public static void Map(WebApplication app) => app.MapHub<LoadHub>("/hub");
}

public sealed class LoadHub : Hub
{
    public string Echo(string message) => message;

    public Moved Move(Move command) => Moved.By(command);
}
