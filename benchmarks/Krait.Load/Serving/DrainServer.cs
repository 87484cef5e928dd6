using System.Globalization;
using Microsoft.Extensions.Options;

namespace Krait.Load.Serving;

/// <summary>A server whose order to stop says over how long it drains.</summary>
internal static class DrainServer
{
    /// <summary>Stops a server as SIGTERM does.</summary>
    /// <param name="app">The server.</param>
    /// <param name="period">In seconds.</param>
    public static Task StopAsync(WebApplication app, string period)
    {
        var options = app.Services.GetRequiredService<IOptions<KraitOptions>>().Value;
        options.DrainPeriod = TimeSpan.FromSeconds(double.Parse(period, CultureInfo.InvariantCulture));
        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout =
            options.DrainPeriod + options.StopTimeout + options.CloseTimeout;
        app.Lifetime.StopApplication();
        return app.StopAsync();
    }
}

/// <summary>Says goodbye.</summary>
[WebSocketController("/drain")]
public sealed partial class DrainController
{
    [OnDrain]
    private static string Leave(DrainInfo drain) => drain.ReconnectAfter.ToString("c", CultureInfo.InvariantCulture);
}
