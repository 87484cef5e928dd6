using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Tells the client what it offered.</summary>
[WebSocketController("/python/request")]
internal sealed partial class OfferController
{
    [OnOpen]
    private static string Tell(UpgradeRequest request) =>
        string.Join("|", request.Protocols) + " = " + string.Join("|", UpgradeRequest.ExtractProtocols(request.HttpContext.Request));
}

/// <summary>Writes down every step of its life, and answers.</summary>
[WebSocketController("/python/steps")]
internal sealed partial class StepsController
{
    private readonly Journal journal;

    public StepsController(Journal journal)
    {
        this.journal = journal;
        journal.Note("constructed");
    }

    [OnUpgrade]
    private static UpgradeDecision Check(Journal journal)
    {
        journal.Note("upgrade");
        return UpgradeDecision.Accept();
    }

    [OnOpen]
    private async Task Open()
    {
        await Task.Yield();
        journal.Note("opened");
    }

    [OnMessage]
    private string Answer(string message)
    {
        journal.Note(message);
        return $"got {message}";
    }

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note("closed");
}

/// <summary>Accepts a subprotocol of the client's, or denies.</summary>
[WebSocketController("/python/decide")]
internal sealed partial class DecideController(Journal journal)
{
    [OnUpgrade]
    private static async ValueTask<UpgradeDecision> DecideAsync(UpgradeRequest request, [FromQuery] int? deny)
    {
        await Task.Yield();
        return deny is { } status ? UpgradeDecision.Deny(status, "Not today.") : UpgradeDecision.Accept(request.Protocols[^1]);
    }

    [OnOpen]
    private string Tell()
    {
        journal.Note("opened");
        return Connection.Protocol ?? "none";
    }
}

/// <summary>Denies with a response of its own.</summary>
[WebSocketController("/python/result")]
internal sealed partial class ResultController
{
    [OnUpgrade]
    private static UpgradeDecision Deny(HttpContext context)
    {
        context.Response.Headers["X-Reason"] = "tea";
        return UpgradeDecision.Deny(Results.Text("I am a teapot.", "text/plain", statusCode: 418));
    }
}

/// <summary>Counts its own messages.</summary>
[WebSocketController("/python/count")]
internal sealed partial class CountController
{
    private int count;

    [OnMessage]
    private string Count(string message) => (++count).ToString(CultureInfo.InvariantCulture);
}

/// <summary>Pulls its two messages when it is let.</summary>
[WebSocketController("/python/queue", Delivery = MessageDelivery.Queue)]
internal sealed partial class PullController(Gate gate)
{
    [Run]
    private async Task Run(CancellationToken stopping)
    {
        await SendAsync(TryReceive(out _) ? "something" : "nothing", stopping);
        await gate.Opened;
        await SendAsync($"pulled {await ReceiveAsync(stopping)}", stopping);
        await SendAsync($"pulled {await ReceiveAsync(stopping)}", stopping);
    }
}

/// <summary>A [Run] as it was written in Python: a thread that blocks, polls and sleeps.</summary>
[WebSocketController("/python/thread", Delivery = MessageDelivery.Queue)]
internal sealed partial class ThreadController(Journal journal)
{
    [OnOpen]
    private void Open() => journal.Note("opened");

    [Run]
    private void Run()
    {
        journal.Note(Thread.CurrentThread.IsThreadPoolThread ? "a thread of the pool" : "a thread of its own");
        while (!ShouldStop)
        {
            while (TryReceive(out var message))
                TrySend($"got {message}");

            Stopping.WaitHandle.WaitOne(5);
        }

        journal.Note("stopped");
    }
}

/// <summary>Sends from a thread that is none of the connection's.</summary>
[WebSocketController("/python/push")]
internal sealed partial class PushController
{
    [OnOpen]
    private void Open()
    {
        var thread = new Thread(() =>
        {
            TrySend("tried");
            SendAsync("sent").AsTask().GetAwaiter().GetResult();
        });
        thread.Start();
    }
}

/// <summary>Hands its connection out, so that others may wait for its end.</summary>
[WebSocketController("/python/wait")]
internal sealed partial class WaitController(TaskCompletionSource<WebSocketConnection> opened)
{
    [OnOpen]
    private void Open() => opened.SetResult(Connection);

    [OnMessage]
    private static string Echo(string message) => message;
}
