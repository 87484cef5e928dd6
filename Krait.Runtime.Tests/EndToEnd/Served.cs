using System.Net;
using Krait.Connections;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Applications that serve one controller, and what the test asks them.</summary>
internal static class Served
{
    public static Task<TestApp> StartAsync<TController>(Action<WebApplicationBuilder>? build = null)
        where TController : class, IWebSocketController<TController> => StartAsync<TController>(Carrier.Http1, build);

    public static Task<TestApp> StartAsync<TController>(Carrier carrier, Action<WebApplicationBuilder>? build = null)
        where TController : class, IWebSocketController<TController>
    {
        return carrier switch
        {
            Carrier.Http1 => TestApp.StartAsync(Map, Build),
            Carrier.Http2 => TestApp.StartAsync(Map, Build, HttpProtocols.Http2),
            Carrier.Http1WithoutStream => TestApp.StartAsync(MapWithoutStream, Build),
            _ => TestApp.StartInMemoryAsync(Map, Build),
        };

        static void Map(WebApplication app) => app.MapWebSocketController<TController>();

        static void MapWithoutStream(WebApplication app) => Map(TestApp.WithoutStream(app));

        void Build(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton<Journal>().AddSingleton<Gate>().AddSingleton<Births>();
            build?.Invoke(builder);
        }
    }

    /// <summary>Makes the test move the application's clock.</summary>
    public static Action<WebApplicationBuilder> With(FakeTimeProvider clock, Action<KraitOptions>? configure = null) => builder =>
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (configure is not null)
            builder.Services.Configure(configure);
    };

    public static Action<WebApplicationBuilder> With(Action<KraitOptions> configure) => builder => builder.Services.Configure(configure);

    public static Journal Journal(this TestApp app) => app.Services.GetRequiredService<Journal>();

    public static Gate Gate(this TestApp app) => app.Services.GetRequiredService<Gate>();

    public static Births Births(this TestApp app) => app.Services.GetRequiredService<Births>();

    /// <summary>Waits until nothing of any connection is left.</summary>
    public static Task AllEnded(this TestApp app) =>
        app.Services.GetRequiredService<ConnectionRegistry>().WhenEmptyAsync(TestContext.Current.CancellationToken).InTime();

    public static Task<RawClient> ConnectRawAsync(this TestApp app, string path, int? receiveBufferSize = null, string headers = "") =>
        RawClient.ConnectAsync(new(IPAddress.Loopback, app.BaseAddress.Port), path, receiveBufferSize, headers);
}
