using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>However a connection ends, [OnClose] is called once and nothing of it is left.</summary>
public class EveryEndTests
{
    private const int Connections = 8;

    public static TheoryData<EndKind, CloseCause> Ends => new()
    {
        { EndKind.CloseFrame, CloseCause.ClientClosed },
        { EndKind.Fin, CloseCause.ConnectionLost },
        { EndKind.Reset, CloseCause.ConnectionLost },
        { EndKind.OurClose, CloseCause.ServerClosed },
        { EndKind.Abort, CloseCause.ServerClosed },
        { EndKind.HandlerException, CloseCause.HandlerFailed },
        { EndKind.FailingOnOpen, CloseCause.HandlerFailed },
        { EndKind.Violation, CloseCause.ProtocolError },
        { EndKind.KeepAliveTimeout, CloseCause.KeepAliveTimeout },
        { EndKind.HostStop, CloseCause.HostStopping },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task OnClose_is_called_exactly_once(EndKind kind, CloseCause cause)
    {
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await EndAsync(app, clock, kind);
        Assert.Equal(Enumerable.Repeat(cause, Connections), app.Journal().Closes.Select(why => why.Cause));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task No_controller_outlives_its_connection(EndKind kind, CloseCause cause)
    {
        _ = cause;
        var clock = new FakeTimeProvider();
        await using var app = await Served.StartAsync<ObedientController>(Served.With(clock));
        await EndAsync(app, clock, kind);
        Assert.Equal(Connections, app.Births().Count);
        await Patience.Until(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return app.Births().Alive == 0;
        });
    }

    /// <summary>Opens connections, ends them in that way, and waits until the server is done with them.</summary>
    private static async Task EndAsync(TestApp app, FakeTimeProvider clock, EndKind kind)
    {
        var clients = new List<RawClient>();
        for (var i = 0; i < Connections; i++)
            clients.Add(await app.ConnectRawAsync(kind == EndKind.FailingOnOpen ? "/obey?fail=true" : "/obey"));

        await app.Journal().HasCount(Connections);
        switch (kind)
        {
            case EndKind.KeepAliveTimeout:
                await clock.MoveUntil(TimeSpan.FromSeconds(5), app.Journal().HasCloses(Connections));
                break;
            case EndKind.HostStop:
                var stopping = app.StopAsync();
                await Task.WhenAll(clients.Select(AnswerCloseAsync));
                await stopping.InTime();
                break;
            default:
                await Task.WhenAll(clients.Select(client => EndAsync(client, kind)));
                break;
        }

        await app.AllEnded();
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task EndAsync(RawClient client, EndKind kind)
    {
        switch (kind)
        {
            case EndKind.CloseFrame:
                await client.SendAsync(ClientFrame.Close(1000));
                await client.ReadCloseAsync();
                break;
            case EndKind.Fin:
                client.Finish();
                break;
            case EndKind.Reset:
                client.Reset();
                break;
            case EndKind.OurClose:
                await client.SendTextAsync("close");
                await AnswerCloseAsync(client);
                break;
            case EndKind.Abort:
                await client.SendTextAsync("abort");
                break;
            case EndKind.HandlerException:
                await client.SendTextAsync("throw");
                await AnswerCloseAsync(client);
                break;
            case EndKind.FailingOnOpen:
                await AnswerCloseAsync(client);
                break;
            case EndKind.Violation:
                await client.SendAsync([0xFF, 0xFF]);
                await client.ReadCloseAsync();
                client.Finish();
                break;
        }
    }

    private static async Task AnswerCloseAsync(RawClient client)
    {
        var close = await client.ReadCloseAsync();
        await client.SendAsync(ClientFrame.Close(close.CloseStatus));
    }
}

/// <summary>How a connection ends.</summary>
public enum EndKind
{
    /// <summary>The client closes.</summary>
    CloseFrame,

    /// <summary>The client ends its side without a close frame.</summary>
    Fin,

    /// <summary>The client resets the connection.</summary>
    Reset,

    /// <summary>The controller closes.</summary>
    OurClose,

    /// <summary>The controller aborts.</summary>
    Abort,

    /// <summary>[OnMessage] throws.</summary>
    HandlerException,

    /// <summary>[OnOpen] throws.</summary>
    FailingOnOpen,

    /// <summary>The client breaks the protocol.</summary>
    Violation,

    /// <summary>The client answers no ping.</summary>
    KeepAliveTimeout,

    /// <summary>The host stops.</summary>
    HostStop,
}
