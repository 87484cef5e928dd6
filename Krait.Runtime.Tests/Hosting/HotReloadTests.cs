using System.Reflection;
using System.Reflection.Metadata;
using Krait.CompilerServices;
using Krait.Controllers;
using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>Written by hand, since only Hot Reload changes what a generated descriptor is.</summary>
internal sealed class ReloadedController : IWebSocketController<ReloadedController>
{
    public static string Greeting { get; set; } = "";

    public static WebSocketControllerDescriptor<ReloadedController> Descriptor
    {
        get
        {
            var greeting = Greeting;
            return new ControllerDescriptor<ReloadedController, string, string>
            {
                Pattern = "/reloaded",
                Delivery = MessageDelivery.Event,
                Create = _ => new(),
                Attach = (_, _, _) => { },
                OnMessage = (_, message, connection) => connection.SendAsync($"{greeting} {message}"),
                Decoder = _ => MessageCodecs.Text,
                Encoder = _ => MessageCodecs.Text,
            };
        }
    }
}

public class HotReloadTests
{
    [Fact]
    public async Task After_an_edit_new_connections_get_the_new_handlers_and_open_ones_keep_theirs()
    {
        ReloadedController.Greeting = "Hello";
        await using var app = await Served.StartAsync<ReloadedController>();
        using var before = await app.ConnectAsync("/reloaded");

        ReloadedController.Greeting = "Welcome";
        using var between = await app.ConnectAsync("/reloaded");
        HotReload.ClearCache(null);
        using var after = await app.ConnectAsync("/reloaded");

        Assert.Equal("Hello Ada", await before.AskAsync("Ada"));
        Assert.Equal("Hello Ada", await between.AskAsync("Ada"));
        Assert.Equal("Welcome Ada", await after.AskAsync("Ada"));
    }

    [Fact]
    public void The_runtime_finds_the_method_to_call_after_an_edit()
    {
        var handler = typeof(HotReload).Assembly.GetCustomAttribute<MetadataUpdateHandlerAttribute>()?.HandlerType;

        Assert.Equal(typeof(HotReload), handler);
        Assert.NotNull(handler!.GetMethod("ClearCache", BindingFlags.Static | BindingFlags.NonPublic, [typeof(Type[])]));
    }
}
