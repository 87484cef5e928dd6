using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Krait.Load.Driving;
using Krait.Load.Serving;

namespace Krait.Load.Measuring;

/// <summary>Lets a server with many connections stop, and looks at when and how each of them is ended.</summary>
internal sealed class Draining : IDisposable
{
    private const int Tick = 100; // in milliseconds
    private static readonly TimeSpan Bucket = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Epoll _epoll = new();
    private readonly List<Socket> _sockets;
    private readonly Farewell[] _farewells;
    private readonly List<TimeSpan> _closes = [];
    private readonly List<TimeSpan> _resets = []; // of clients that did not answer within CloseTimeout
    private int _left;
    private long _began;

    private Draining(ServerProcess server, DrainOptions options)
    {
        var dialogue = PlainDialogue.Listening("/drain");
        _sockets = ClientSocket.OpenAll(Enumerable.Repeat((server.Port, (Dialogue)dialogue), options.Connections));
        _farewells = [.. _sockets.Select(static _ => new Farewell())];
        _left = _sockets.Count;
        for (var key = 0; key < _sockets.Count; key++)
            _epoll.Watch((int)_sockets[key].Handle, key);
    }

    public static void Run(DrainOptions options)
    {
        Console.Error.WriteLine($"{options.Connections} connections, DrainPeriod {options.Period.TotalSeconds} s. {Pinning.Says}");
        using var server = ServerProcess.Start(new("drain", "drain"));
        using var drain = new Draining(server, options);
        using var upgrades = new RefusedUpgrades(server.Port);
        drain._began = Stopwatch.GetTimestamp();
        server.Tell($"{ServerProgram.Stop}{options.Period.TotalSeconds.ToString(CultureInfo.InvariantCulture)}");
        upgrades.Begin();
        drain.AwaitAll();
        server.WaitForExit(Patience);
        var exit = Stopwatch.GetElapsedTime(drain._began);
        upgrades.End();
        Console.WriteLine(drain.Report(options, exit, upgrades));
    }

    public void Dispose()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        _epoll.Dispose();
    }

    private void AwaitAll()
    {
        var buffer = new byte[4096];
        while (_left > 0 && Stopwatch.GetElapsedTime(_began) < Patience)
            _epoll.Wait(Tick, key => Read(key, buffer));
    }

    private void Read(int key, byte[] buffer)
    {
        var (socket, farewell) = (_sockets[key], _farewells[key]);
        if (socket.SafeHandle.IsClosed)
            return;

        var handle = (int)socket.Handle;
        if (!HasEnded(handle, farewell, buffer))
            return;

        socket.Dispose(); // else its hang-up would be reported for ever
        _left--;
    }

    private bool HasEnded(int handle, Farewell farewell, byte[] buffer)
    {
        try
        {
            var received = Epoll.Receive(handle, buffer);
            if (received > 0 && farewell.Take(buffer.AsSpan(0, received)))
            {
                _closes.Add(Stopwatch.GetElapsedTime(_began));
                Epoll.Send(handle, ClientFrames.Close(Farewell.Restart));
            }

            return received == 0;
        }
        catch (IOException)
        {
            _resets.Add(Stopwatch.GetElapsedTime(_began));
            return true;
        }
    }

    private Table Report(DrainOptions options, TimeSpan exit, RefusedUpgrades upgrades)
    {
        var counts = new int[(int)Math.Round(options.Period / Bucket)];
        foreach (var close in _closes)
            counts[Math.Min(counts.Length - 1, (int)((close - _closes[0]) / Bucket))]++;

        var mean = (double)_closes.Count / counts.Length;
        var table = new Table($"{options.Connections:N0} connections, DrainPeriod {options.Period.TotalSeconds} s", "");
        table.Add("closed with 1012 / with another status / without close frame", Statuses());
        table.Add("reset, and the first of them, s", _resets.Count == 0 ? "0" : $"{_resets.Count}, {Seconds(_resets[0])}");
        table.Add("heard [OnDrain] before it", Figures.Format("N0", _farewells.Count(static farewell => farewell.HasMessage)));
        table.Add("closes per 100 ms, mean", Figures.Format("N1", mean));
        table.Add("closes per 100 ms, fewest and most of the mean", $"{Share(counts.Min())} {Share(counts.Max())}");
        table.Add("such 100 ms that are over 30 % away from the mean", $"{counts.Count(IsFar)} of {counts.Length}: {Far()}");
        table.Add("first and last close after the order to stop, s", $"{Seconds(_closes[0])} {Seconds(_closes[^1])}");
        table.Add("exit of the process after the order to stop, s", Seconds(exit));
        table.Add("upgrades refused with 503 / answered otherwise", $"{upgrades.Refused} / {upgrades.Others}");
        table.Add("such an answer took, median and most, ms", $"{Figures.Format("N2", upgrades.Median)} {Figures.Format("N2", upgrades.Most)}");
        return table;

        bool IsFar(int count) => Math.Abs(count - mean) > 0.3 * mean;

        string Far() => string.Join(' ', counts.Index().Where(bucket => IsFar(bucket.Item)).Select(static bucket => $"{bucket.Index}:{bucket.Item}"));

        string Share(int count) => Figures.Format("P0", count / mean);

        static string Seconds(TimeSpan time) => Figures.Format("N2", time.TotalSeconds);
    }

    private string Statuses()
    {
        var restarts = _farewells.Count(static farewell => farewell.Status == Farewell.Restart);
        var silent = _farewells.Count(static farewell => farewell.Status == 0);
        return $"{restarts} / {_farewells.Length - restarts - silent} / {silent}";
    }
}
