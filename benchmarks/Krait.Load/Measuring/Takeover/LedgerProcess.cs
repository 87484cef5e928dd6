using System.Diagnostics;
using System.Globalization;

namespace Krait.Load.Measuring;

/// <summary>One of the two servers: it listens on the same port whenever it is started.</summary>
internal sealed class LedgerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Process _process;

    public LedgerProcess() => _process = Start();

    public int Port { get; } = Loopback.ServerPort();

    /// <summary>Sends SIGTERM, and waits until the process has ended.</summary>
    /// <returns>How long that took.</returns>
    /// <exception cref="InvalidOperationException">It has not ended, or not well.</exception>
    public async Task<TimeSpan> StopAsync()
    {
        var began = Stopwatch.GetTimestamp();
        Signal.Terminate(_process.Id);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(began)
            : throw new InvalidOperationException($"A server ended with the exit code {_process.ExitCode}.");
    }

    /// <summary>Starts it again.</summary>
    public void Restart()
    {
        _process.Dispose();
        _process = Start();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();

        _process.Dispose();
    }

    private Process Start()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var process = Pinning.Start(program: null, Pinning.ServerProcessor, inlineCompletions: false, "ledger", port);
        return process.StandardOutput.ReadLine() is not null
            ? process
            : throw new InvalidOperationException("A server did not start.");
    }
}
