namespace Krait.Load.Measuring;

/// <summary>The clients of all rooms, ten in each.</summary>
internal sealed class LedgerClients : IDisposable
{
    private const int ClientsOfRoom = 10;
    private const long NumbersOfClient = 1_000_000;

    private readonly CancellationTokenSource _end = new();
    private readonly List<(LedgerClient[] Clients, int Room)> _rooms;
    private readonly List<LedgerClient> _all;
    private readonly Task _running;

    public LedgerClients(int port, TakeoverOptions options)
    {
        var period = TimeSpan.FromSeconds(1) / options.Rate;
        _all =
        [
            .. Enumerable.Range(0, options.Clients)
                .Select(i => new LedgerClient(Address(port, i), i * NumbersOfClient, period)),
        ];
        _rooms = [.. _all.Chunk(ClientsOfRoom).Select(static (clients, room) => (clients, room))];
        _running = Task.WhenAll(_all.Select(client => client.RunAsync(_end.Token)));
    }

    public IEnumerable<LedgerNotes> Notes => _all.Select(static client => client.Notes);

    /// <summary>Waits until all are let in, and lets them send then, so that each is there from the first number on.</summary>
    public async Task BeginAsync()
    {
        await Task.WhenAll(_all.Select(static client => client.Opened));
        _all.ForEach(static client => client.Sends = true);
    }

    /// <summary>Lets them send no more, waits for what is under way, and ends them.</summary>
    public async Task EndAsync(TimeSpan settling)
    {
        _all.ForEach(static client => client.Sends = false);
        await Task.Delay(settling);
        await _end.CancelAsync();
        await _running;
    }

    public void Dispose() => _end.Dispose();

    /// <summary>How many acknowledged numbers there are, each counted once for each client that should have got it.</summary>
    public long CountDue() => _rooms.Sum(static room =>
        room.Clients.Sum(client => (long)client.Notes.Acknowledged.Count) * room.Clients.Length);

    /// <summary>How many of <see cref="CountDue"/> did not come.</summary>
    public long CountLost() => _rooms.Sum(static room => room.Clients.Sum(client => LostBy(client, room.Clients)));

    private static long LostBy(LedgerClient client, LedgerClient[] room) =>
        room.Sum(sender => sender.Notes.Acknowledged.LongCount(number => client.Notes.CountOf(number) == 0));

    private static Uri Address(int port, int client) => new($"ws://127.0.0.1:{port}/feed/{client / ClientsOfRoom}");
}
