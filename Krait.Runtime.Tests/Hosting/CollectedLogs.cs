using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>One entry of a log.</summary>
internal sealed record LogEntry(string Category, LogLevel Level, EventId Id, string Message, Exception? Error);

/// <summary>Keeps what an application logs.</summary>
internal sealed class CollectedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LogEntry> _entries = new();

    public IReadOnlyList<LogEntry> Entries => [.. _entries];

    /// <summary>The log messages of Krait itself, at the level or above.</summary>
    public IReadOnlyList<LogEntry> OfKrait(LogLevel atLeast = LogLevel.Warning) =>
        [.. _entries.Where(entry => entry.Category.StartsWith("Krait", StringComparison.Ordinal) && entry.Level >= atLeast)];

    public ILogger CreateLogger(string categoryName) => new Collector(categoryName, _entries);

    public void Dispose()
    {
    }

    private sealed class Collector(string category, ConcurrentQueue<LogEntry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            entries.Enqueue(new(category, logLevel, eventId, formatter(state, exception), exception));
    }
}
