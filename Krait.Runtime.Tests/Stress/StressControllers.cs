using System.Threading.Channels;

namespace Krait.Runtime.Tests.Stress;

/// <summary>Event delivery: handles some messages at once and some later, and echoes them.</summary>
[WebSocketController("/stress/event/{id}")]
internal sealed partial class StressEventController(string id, StressLedger ledger, StressScope scope) : IDisposable
{
    private readonly StressEntry _entry = ledger.Of(id);

    public void Dispose() => _entry.Disposals++;

    [OnOpen]
    private void Open()
    {
        Assert.NotNull(scope);
        _entry.Completion = Connection.Completion;
    }

    [OnMessage]
    private async Task<string> Handle(string message)
    {
        if (message.Length % 3 == 0)
            await Task.Yield();

        _entry.Handled.Add(message);
        return message;
    }

    [OnClose]
    private void Closed(CloseInfo why) => _entry.Closes.Enqueue(why);
}

/// <summary>Queue delivery: the same by a loop.</summary>
[WebSocketController("/stress/queue/{id}", Sends = typeof(string))]
internal sealed partial class StressQueueController(string id, StressLedger ledger, StressScope scope) : IDisposable
{
    private readonly StressEntry _entry = ledger.Of(id);

    public void Dispose() => _entry.Disposals++;

    [Run]
    private async Task Run(ChannelReader<string> messages)
    {
        Assert.NotNull(scope);
        _entry.Completion = Connection.Completion;
        await foreach (var message in messages.ReadAllAsync())
        {
            _entry.Handled.Add(message);
            await EchoAsync(message);
        }
    }

    // A client that is gone hears no echo; what it had sent is handled all the same.
    private async Task EchoAsync(string message)
    {
        try
        {
            await SendAsync(message);
        }
        catch (ConnectionClosedException)
        {
        }
    }

    [OnClose]
    private void Closed(CloseInfo why) => _entry.Closes.Enqueue(why);
}
