using Krait.Runtime.Tests.EndToEnd;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Krait.Runtime.Tests.Hosting;

public sealed class KraitSocketsTests
{
    [Fact]
    public async Task Sockets_are_handled_inline_where_the_application_asks_for_it()
    {
        await using var app = await Served.StartAsync<TextEchoController>(builder => builder.WebHost.UseKraitSockets());
        await using var client = await app.ConnectRawAsync("/echo/text");

        await client.SendTextAsync("hello");

        Assert.Equal("hello", await client.ReadTextAsync());
        Assert.Equal((true, false), OptionsOf(app));
    }

    [Fact]
    public async Task And_nowhere_else()
    {
        await using var app = await Served.StartAsync<TextEchoController>();

        Assert.Equal((false, true), OptionsOf(app));
    }

    private static (bool IsInline, bool WaitsWithoutBuffer) OptionsOf(TestApp app)
    {
        var options = app.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value;
        return (options.UnsafePreferInlineScheduling, options.WaitForDataBeforeAllocatingBuffer);
    }
}
