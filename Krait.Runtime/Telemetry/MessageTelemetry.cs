using System.Diagnostics;
using Krait.CompilerServices;

namespace Krait.Telemetry;

/// <summary>Counts the messages of one endpoint in one direction, and traces those that it receives. Thread-safe.</summary>
/// <remarks>The tags of each type are made once, so that a message costs no memory.</remarks>
internal sealed class MessageTelemetry<T>
{
    private readonly EndpointTelemetry _endpoint;
    private readonly Func<T, int> _caseOf;
    private readonly string _direction;
    private readonly IReadOnlyList<MessageCase> _cases;
    private TypeTags[]? _tags; // made when the route is known

    public MessageTelemetry(
        EndpointTelemetry endpoint, string direction, IReadOnlyList<MessageCase> cases, Func<T, int> caseOf)
    {
        (_endpoint, _direction, _caseOf) = (endpoint, direction, caseOf);
        _cases = cases.Count > 0 ? cases : [new(typeof(T).Name)];
        Meter = endpoint.Meter;
    }

    /// <summary>Whether messages are counted or traced.</summary>
    public bool IsOn => Counts || Meter.MessageDuration.Enabled || KraitMeter.Spans.HasListeners();

    /// <summary>Whether messages are counted.</summary>
    public bool Counts => Meter.Messages.Enabled || Meter.MessageSize.Enabled;

    /// <summary>Whether the waits of sends are measured.</summary>
    public bool MeasuresWaits => Meter.SendWaiting.Enabled;

    /// <summary>The time for <see cref="Handled"/>; 0 if the duration is not measured.</summary>
    public long Now => Meter.MessageDuration.Enabled ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Returns the parent of a message's span as the client gave it; null if messages have none.</summary>
    public Func<T, string?>? TraceParent { get; init; }

    private KraitMeter Meter { get; }

    private TypeTags[] Tags => Volatile.Read(ref _tags) ?? MakeTags();

    /// <summary>The index of a message's type, for the other methods; -1 for all unknown types.</summary>
    public int CaseOf(T message) => _caseOf(message);

    /// <summary>The same for a message of whatever type; null if only its bytes are known.</summary>
    public int CaseOfAny(object? message) => message is T known ? _caseOf(known) : -1;

    /// <summary>Counts a message.</summary>
    public void Count(int type, int bytes)
    {
        var tags = Find(type).Message;
        Meter.Messages.Add(1, tags);
        Meter.MessageSize.Record(bytes, tags);
    }

    /// <summary>Counts a message of whatever type; null if only its bytes are known.</summary>
    public void CountAny(object? message, int bytes) => Count(CaseOfAny(message), bytes);

    /// <summary>Notes how long the handlers of a message took.</summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="since">When it arrived: <see cref="Now"/>.</param>
    /// <param name="error">The exception of a handler or of the decoder; null if there was none.</param>
    public void Handled(int type, long since, Exception? error)
    {
        if (since == 0 || !Meter.MessageDuration.Enabled)
            return;

        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var tags = Find(type);
        if (error is null)
            Meter.MessageDuration.Record(seconds, tags.Call);
        else
            Meter.MessageDuration.Record(seconds, tags.Call[0], tags.Call[1], new(TagNames.Error, ErrorType(error)));
    }

    /// <summary>Waits for a message that is in line, and notes how long that took, also if it was not sent after all.</summary>
    /// <remarks>The caller has just put it in line. Listeners run here, and not under the lock of the output.</remarks>
    public async ValueTask MeasureWait(ValueTask sending, int type)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            await sending.ConfigureAwait(false);
        }
        finally
        {
            Meter.SendWaiting.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, Find(type).Call);
        }
    }

    /// <summary>
    /// Makes the span of a received message, and does not start it; null if it is not wanted, or not sampled.
    /// </summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="message">The message, or its bytes.</param>
    /// <param name="upgrade">Leads to the span of the request that became the connection.</param>
    public Activity? CreateSpan<TMessage>(int type, TMessage message, ActivityLink[]? upgrade)
    {
        if (!KraitMeter.Spans.HasListeners())
            return null;

        var tags = Find(type);
        var parent = TraceParent is not null && message is T known ? ParentOf(known) : default;
        return KraitMeter.Spans.CreateActivity(tags.Span, ActivityKind.Server, parent, tags.Call, upgrade);
    }

    /// <summary>Notes in a span that a handler failed.</summary>
    public static void Fail(Activity? span, Exception error)
    {
        span?.SetTag(TagNames.Error, ErrorType(error));
        span?.SetStatus(ActivityStatusCode.Error);
    }

    private ActivityContext ParentOf(T message)
    {
        try
        {
            var text = TraceParent!(message);
            return ActivityContext.TryParse(text, traceState: null, isRemote: true, out var parent) ? parent : default;
        }
        catch (Exception)
        {
            return default; // the getter is the application's, and no message must fail because of its span
        }
    }

    /// <summary>The server's code decides which types there are; a client decides only between the kinds.</summary>
    private static string ErrorType(Exception error) =>
        error is InvalidMessageException invalid ? TagNames.Snake(invalid.Kind) : error.GetType().FullName ?? TagNames.Other;

    private TypeTags Find(int type)
    {
        var tags = Tags;
        return (uint)type < (uint)(tags.Length - 1) ? tags[type] : tags[^1];
    }

    private TypeTags[] MakeTags()
    {
        var tags = _cases.Select(one => one.Name).Append(TagNames.Other)
            .Select(type => new TypeTags(_endpoint.Route, type, _direction)).ToArray();
        Volatile.Write(ref _tags, tags);
        return tags;
    }

    private sealed class TypeTags(string route, string type, string direction)
    {
        public KeyValuePair<string, object?>[] Message { get; } =
            [new(TagNames.Route, route), new(TagNames.MessageType, type), new(TagNames.Direction, direction)];

        public KeyValuePair<string, object?>[] Call { get; } = [new(TagNames.Route, route), new(TagNames.MessageType, type)];

        public string Span { get; } = $"{route} {type}";
    }
}
