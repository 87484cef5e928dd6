using System.Net.WebSockets;
using System.Text.Json;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>A client that sends numbers, each once, notes what it gets, and comes back as docs/deploying.md says.</summary>
/// <remarks>All runs on the thread pool; the notes of a client are its own, and are read when it has ended.</remarks>
/// <param name="address">Where to connect, without a position.</param>
/// <param name="first">The first number; no two clients of a room share one.</param>
/// <param name="period">How long after a number it sends the next one.</param>
internal sealed class LedgerClient(Uri address, long first, TimeSpan period)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly LedgerNotes _notes = new();
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _next = first;
    private string? _at;
    private volatile bool _sends;

    public LedgerNotes Notes => _notes;

    /// <summary>Completes when the client has been let in for the first time.</summary>
    public Task Opened => _opened.Task;

    /// <summary>Whether it sends numbers.</summary>
    public bool Sends
    {
        get => _sends;
        set => _sends = value;
    }

    /// <summary>Runs, connection after connection, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                using var socket = await ConnectAsync(cancellationToken);
                var pause = socket is null ? RetryPause : await TalkAsync(socket, cancellationToken);
                await Task.Delay(pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The end of the run.
        }
        catch (Exception e)
        {
            _opened.TrySetException(e);
            throw;
        }
    }

    private async Task<ClientWebSocket?> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            var target = _at is null ? address : new Uri($"{address}?at={Uri.EscapeDataString(_at)}");
            await socket.ConnectAsync(target, cancellationToken);
            return socket;
        }
        catch (WebSocketException)
        {
            _notes.AddRefusal(socket.HttpStatusCode);
            socket.Dispose();
            return null;
        }
    }

    /// <summary>Uses a connection until it ends.</summary>
    /// <returns>How long to wait before the next.</returns>
    private async Task<TimeSpan> TalkAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAsync(socket, ending.Token);
        var pause = RetryPause;
        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, cancellationToken) is { MessageType: WebSocketMessageType.Text } received)
                Take(JsonSerializer.Deserialize(buffer.AsSpan(0, received.Count), Messages.Default.LedgerEvent)!, ref pause);

            _notes.AddClose((int)socket.CloseStatus!.Value);
        }
        catch (WebSocketException)
        {
            _notes.AddClose(LedgerNotes.Broken);
        }

        await ending.CancelAsync();
        await sending;
        if (socket.State == WebSocketState.CloseReceived)
            await AnswerCloseAsync(socket);

        return pause;
    }

    private void Take(LedgerEvent received, ref TimeSpan pause)
    {
        _notes.Hear();
        switch (received)
        {
            case Opened opened:
                _notes.AddOpen(isBack: _at is not null, opened.Recovered);
                _at = opened.Position ?? _at;
                _opened.TrySetResult();
                break;
            case Entry entry:
                _notes.AddEntry(entry.Number);
                _at = entry.At;
                break;
            case Taken taken:
                _notes.AddAcknowledged(taken.Number);
                break;
            case Leave leave:
                pause = TimeSpan.FromSeconds(leave.Seconds);
                break;
        }
    }

    private async Task SendAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Random.Shared.NextDouble() * period, cancellationToken);
            using var timer = new PeriodicTimer(period);
            do
            {
                if (_sends)
                    await socket.SendAsync(Frame(_next++), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The connection has ended; that number is not sent again.
        }
    }

    private static ReadOnlyMemory<byte> Frame(long number) =>
        JsonSerializer.SerializeToUtf8Bytes(new Put(number), Messages.Default.Put);

    private static async Task AnswerCloseAsync(ClientWebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The server did not wait for it.
        }
    }
}
