using Krait.Runtime.Tests.EndToEnd;
using Krait.Telemetry.Traffic;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>A log that is slower than the messages.</summary>
public sealed class TrafficLogLossTests
{
    private const int MostWaiting = 1000;

    private readonly BlockedLogger _logger = new();

    [Fact]
    public async Task The_log_says_how_many_lines_are_missing_where_they_are_missing()
    {
        var log = new TrafficLog(_logger, "c");
        Send(log, 0, MostWaiting + 5);
        await OpenUntil(MostWaiting + 1);
        Assert.Equal("Connection c: 5 messages are missing here, because the log is slower than the messages.", _logger.Lines[^1]);

        Send(log, 2000, 1);
        await Patience.Until(() => _logger.Lines.Length == MostWaiting + 2);
        Assert.Equal("Connection c sent string, 2000 bytes: x", _logger.Lines[^1]);
    }

    [Fact]
    public async Task Lines_that_waited_come_before_the_gap_and_later_ones_after_it()
    {
        var log = new TrafficLog(_logger, "c");
        Send(log, 0, MostWaiting + 5);
        _logger.Gate.Release(500);
        await Patience.Until(() => _logger.Lines.Length == 500);
        Send(log, 2000, 2);
        await OpenUntil(MostWaiting + 3);

        Assert.StartsWith("Connection c sent string, 999 bytes", _logger.Lines[MostWaiting - 1], StringComparison.Ordinal);
        Assert.StartsWith("Connection c: 5 messages are missing", _logger.Lines[MostWaiting], StringComparison.Ordinal);
        Assert.StartsWith("Connection c sent string, 2000 bytes", _logger.Lines[MostWaiting + 1], StringComparison.Ordinal);
    }

    private static void Send(TrafficLog log, int first, int count)
    {
        for (var size = first; size < first + count; size++)
            log.Sent(new("string", size, "x"));
    }

    private async Task OpenUntil(int lines)
    {
        _logger.Gate.Release(100_000);
        await Patience.Until(() => _logger.Lines.Length == lines);
    }

    /// <summary>Writes a line for each permit.</summary>
    private sealed class BlockedLogger : ILogger
    {
        private readonly List<string> _lines = [];

        public SemaphoreSlim Gate { get; } = new(0);

        public string[] Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Gate.Wait();
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }
    }
}
