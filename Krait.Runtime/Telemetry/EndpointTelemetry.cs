using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Krait.Telemetry;

/// <summary>Counts the connections and the refused requests of one endpoint. Thread-safe.</summary>
/// <param name="meter">The instruments.</param>
/// <param name="pattern">The pattern of the controller; that of the endpoint replaces it.</param>
/// <param name="protocols">The subprotocols that the controller declares. Others share one value.</param>
internal sealed class EndpointTelemetry(KraitMeter meter, string pattern, IReadOnlyList<string> protocols)
{
    private static readonly FrozenDictionary<CloseCause, string> s_causes =
        Enum.GetValues<CloseCause>().ToFrozenDictionary(static cause => cause, TagNames.Snake);

    private static readonly FrozenDictionary<RefusalReason, string> s_reasons =
        Enum.GetValues<RefusalReason>().ToFrozenDictionary(static reason => reason, TagNames.Snake);

    private static readonly FrozenDictionary<WhenOver, string> s_limits =
        Enum.GetValues<WhenOver>().ToFrozenDictionary(static whenOver => whenOver, TagNames.Snake);

    private string? _route;

    public KraitMeter Meter => meter;

    /// <summary>The route of the endpoint.</summary>
    public string Route => Volatile.Read(ref _route) ?? pattern;

    /// <summary>Takes the route from a request; all requests of an endpoint have the same.</summary>
    public void Learn(HttpContext context)
    {
        if (_route is not null)
            return;

        var route = context.GetEndpoint()?.Metadata.GetMetadata<IRouteDiagnosticsMetadata>()?.Route;
        Volatile.Write(ref _route, route ?? pattern);
    }

    /// <summary>A request did not become a connection.</summary>
    public void Refused(RefusalReason reason)
    {
        if (meter.RefusedUpgrades.Enabled)
            meter.RefusedUpgrades.Add(1, new(TagNames.Route, Route), new(TagNames.Refusal, s_reasons[reason]));
    }

    /// <summary>A request was refused before its endpoint was known.</summary>
    public static void RefusedBeforeRouting(KraitMeter meter, RefusalReason reason) =>
        meter.RefusedUpgrades.Add(1, new KeyValuePair<string, object?>(TagNames.Refusal, s_reasons[reason]));

    /// <summary>A message was over a limit.</summary>
    /// <param name="type">The name of the type that has the limit; null if the limit is that of all messages.</param>
    /// <param name="whenOver">The action for the message.</param>
    public void Limited(string? type, WhenOver whenOver)
    {
        if (!meter.LimitedMessages.Enabled)
            return;

        var tags = new TagList { { TagNames.Route, Route }, { TagNames.WhenOver, s_limits[whenOver] } };
        if (type is not null)
            tags.Add(TagNames.MessageType, type);

        meter.LimitedMessages.Add(1, tags);
    }

    /// <summary>
    /// A request became a connection. Its duration from here on is that of the connection, so HTTP's metrics leave it out.
    /// </summary>
    public void Upgraded(HttpContext context)
    {
        Activity.Current?.SetTag("http.long_running", true);
        if (context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.MetricsDisabled = true;

        if (context.Features.Get<IConnectionRouteFeature>() is { } connection)
            connection.Route = Route;
    }

    /// <summary>A connection opened.</summary>
    /// <returns>Whether it was counted: a listener that begins later must not see it end.</returns>
    public bool Opened(string? protocol)
    {
        if (!meter.ActiveConnections.Enabled)
            return false;

        CountActive(1, protocol);
        return true;
    }

    /// <summary>A connection has ended.</summary>
    /// <param name="protocol">Its subprotocol.</param>
    /// <param name="why">How it ended; null if that is unknown.</param>
    /// <param name="duration">How long it was open.</param>
    /// <param name="isCounted">The result of <see cref="Opened"/>.</param>
    public void Closed(string? protocol, CloseInfo? why, TimeSpan duration, bool isCounted)
    {
        if (isCounted)
            CountActive(-1, protocol);

        if (why is null || !meter.ConnectionDuration.Enabled)
            return;

        meter.ConnectionDuration.Record(
            duration.TotalSeconds,
            new TagList
            {
                { TagNames.Route, Route },
                { TagNames.Protocol, Known(protocol) },
                { TagNames.CloseCause, s_causes[why.Cause] },
                { TagNames.CloseStatus, Status(why.Status) },
            });
    }

    /// <summary>The statuses that RFC 6455 and the registry of IANA define; a client may send others.</summary>
    private static string Status(WebSocketCloseStatus status) => (int)status is >= 1000 and <= 1015
        ? ((int)status).ToString(CultureInfo.InvariantCulture)
        : TagNames.Other;

    private void CountActive(int more, string? protocol) =>
        meter.ActiveConnections.Add(more, new(TagNames.Route, Route), new(TagNames.Protocol, Known(protocol)));

    private string? Known(string? protocol) =>
        protocol is null || protocols.Contains(protocol, StringComparer.Ordinal) ? protocol : TagNames.Other;
}
