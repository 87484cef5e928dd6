using Microsoft.AspNetCore.Authentication.JwtBearer;
using OpenTelemetry;

namespace Board;

/// <summary>Puts the application together. The tests use the same two methods as Program.cs.</summary>
public static class BoardApplication
{
    /// <summary>Marks the token among the subprotocols that the page offers. wwwroot/connection.js has the same.</summary>
    public const string BearerProtocol = "base64url.bearer.authorization.krait-board";

    /// <summary>Tells the page that its token has expired, so that it does not confuse this with other causes of 1008.</summary>
    public const int TokenExpired = 4401;

    public static void AddBoard(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<BoardOptions>(builder.Configuration.GetSection("Board"));
        builder.Services.AddSingleton<BoardStore>();
        builder.Services.AddSingleton<Boards>();
        builder.Services.ConfigureHttpJsonOptions(http =>
            http.SerializerOptions.TypeInfoResolverChain.Insert(0, BoardJson.Default)); // of the login
        AddAuthentication(builder.Services);
        AddConnections(builder.Services);
        AddTelemetry(builder);
    }

    public static void MapBoard(this WebApplication app)
    {
        app.Services.GetRequiredService<BoardStore>(); // fails here, not at the first request, without a database
        app.UseFileServer(); // the page in wwwroot
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapLogin();
        app.MapWebSocketControllers();
        app.MapHealthChecks("/ready", new() { Predicate = check => check.Tags.Contains("ready") });
        app.MapHealthChecks("/live", new() { Predicate = _ => false }); // answers as long as the process does
    }

    private static void AddAuthentication(IServiceCollection services)
    {
        services.AddSingleton<Tokens>();
        services.AddAuthorization();
        services.AddAuthentication().AddJwtBearer();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<Tokens>((options, tokens) => options.TokenValidationParameters = tokens.Validation);
    }

    private static void AddConnections(IServiceCollection services)
    {
        services.AddKrait(options =>
        {
            options.BearerProtocol = BearerProtocol;
            options.CloseOnAuthenticationExpiration = true;
            options.AuthenticationExpiredStatus = TokenExpired;
            options.DrainPeriod = TimeSpan.FromSeconds(5); // 20 s or more with thousands of connections
            options.ReconnectSpread = TimeSpan.FromSeconds(3);
        });
        services.AddHealthChecks().AddKrait(tags: ["ready"]);
    }

    /// <summary>Exports Krait's metrics and traces, if the environment names a destination.</summary>
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null)
            return;

        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Krait"))
            .WithTracing(tracing => tracing.AddSource("Krait"))
            .UseOtlpExporter();
    }
}
