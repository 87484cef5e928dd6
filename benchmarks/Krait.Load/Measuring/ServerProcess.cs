using System.Diagnostics;
using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>A server in a process of its own, on the processor that is the servers'.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Contender contender, int port)
    {
        _process = process;
        Contender = contender;
        Port = port;
    }

    public Contender Contender { get; }

    public int Port { get; }

    /// <summary>How much processor time the server has used.</summary>
    public TimeSpan ProcessorTime => ProcessorClock.Read(_process.Id);

    /// <summary>The most memory that the server ever had.</summary>
    public long PeakWorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts a server; it has said its port when this returns.</summary>
    public static ServerProcess Start(Contender contender)
    {
        string[] loops = contender.Loops is { } count ? [count.ToString(CultureInfo.InvariantCulture)] : [];
        var process = Pinning.Start(
            contender.Program,
            contender.IsPinned ? Pinning.ServerProcessor : null,
            contender.Sockets == SocketMode.Tuned,
            ["serve", contender.Server, contender.Sockets.ToString(), .. loops]);
        var said = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The server {contender.Name} did not start.");
        return new(process, contender, int.Parse(said, CultureInfo.InvariantCulture));
    }

    /// <summary>Asks the server about itself.</summary>
    public long Ask(string question)
    {
        _process.StandardInput.WriteLine(question);
        return long.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks the server again and again, until the answer is the right one.</summary>
    /// <param name="question">The question.</param>
    /// <param name="isRight">Whether an answer is right.</param>
    /// <param name="patience">How long to ask.</param>
    /// <exception cref="TimeoutException">No answer was right.</exception>
    public void AskUntil(string question, Predicate<long> isRight, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        while (Ask(question) is var answer && !isRight(answer))
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
                throw new TimeoutException($"{Contender.Name} still answers '{question}' with {answer}.");

            Thread.Sleep(1);
        }
    }

    /// <summary>Gives the server an order, which it does not answer: see <see cref="Serving.Publisher"/>.</summary>
    public void Tell(string order) => _process.StandardInput.WriteLine(order);

    /// <summary>Waits until the server has ended by itself.</summary>
    /// <exception cref="TimeoutException">It has not.</exception>
    public void WaitForExit(TimeSpan patience)
    {
        if (!_process.WaitForExit(patience))
            throw new TimeoutException($"{Contender.Name} has not ended.");
    }

    public void Dispose()
    {
        _process.StandardInput.Close(); // which is its word to end
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();

        _process.Dispose();
    }
}
