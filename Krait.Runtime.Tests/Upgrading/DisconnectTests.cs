using System.Net.Sockets;
using Krait.Runtime.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Where the server and the test meet while a request is decided on.</summary>
internal sealed class Crossing
{
    /// <summary>The decision is being made.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The endpoint has returned, or thrown.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Disposed { get; set; }
}

[WebSocketController("/patient/{how}")]
internal sealed partial class PatientController(Crossing crossing) : IDisposable
{
    public void Dispose() => crossing.Disposed++;

    [OnUpgrade]
    public static async Task<UpgradeDecision> Wait(string how, HttpContext context, Crossing crossing, CancellationToken aborted)
    {
        crossing.Reached.SetResult();
        var gone = new TaskCompletionSource();
        using (aborted.Register(gone.SetResult))
            await gone.Task;

        return how switch
        {
            "accept" => UpgradeDecision.Accept(),
            "deny" => UpgradeDecision.Deny(404),
            "result" => UpgradeDecision.Deny(Results.Text(new string('x', 1_000_000), statusCode: 404)),
            _ => throw new OperationCanceledException(aborted),
        };
    }

    [OnMessage]
    public static string Echo(string message) => message;
}

[WebSocketController("/stubborn/{number}")]
internal sealed partial class StubbornController : IAsyncDisposable
{
    public ValueTask DisposeAsync() => throw new InvalidOperationException("secret of the disposal");

    [OnOpen]
    public static void Open(int number) => _ = number;

    [OnMessage]
    public static string Echo(string message) => message;
}

public class DisconnectTests
{
    [Theory]
    [InlineData("accept")]
    [InlineData("deny")]
    [InlineData("result")]
    [InlineData("cancel")]
    public async Task A_client_that_goes_away_before_it_is_answered_harms_nobody(string how)
    {
        var crossing = new Crossing();
        await using var app = await StartAsync(crossing);
        using (var client = await app.ConnectTcpAsync())
        {
            await client.GetStream().WriteAsync(Upgrades.Raw("patient/" + how), TestContext.Current.CancellationToken);
            await crossing.Reached.Task;
            client.Client.LingerState = new LingerOption(true, 0);
        }

        await crossing.Left.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(how == "accept" ? 1 : 0, crossing.Disposed);
        Assert.DoesNotContain(app.Logs.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task A_controller_that_cannot_be_disposed_does_not_change_the_answer()
    {
        await using var app = await StartAsync(new());

        using var response = await app.Client.AskAsync(Upgrades.Request("stubborn/many"));

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("secret of the disposal", Assert.Single(app.Logs.OfKrait()).Error?.Message);
    }

    private static Task<TestApp> StartAsync(Crossing crossing) => TestApp.StartAsync(
        app =>
        {
            app.Use(async (context, next) =>
            {
                try
                {
                    await next(context);
                    crossing.Left.TrySetResult();
                }
                catch (Exception e)
                {
                    crossing.Left.TrySetException(e);
                    throw;
                }
            });
            app.UseRouting();
            app.MapWebSocketController<PatientController>();
            app.MapWebSocketController<StubbornController>();
        },
        builder => builder.Services.AddSingleton(crossing));
}
