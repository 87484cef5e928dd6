using System.Diagnostics;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Krait.Load.Serving;

/// <summary>What a server is made of.</summary>
/// <param name="Name">As the command line calls it.</param>
/// <param name="Add">Adds its services.</param>
/// <param name="Map">Maps its endpoints.</param>
internal sealed record Server(string Name, Action<WebApplicationBuilder> Add, Action<WebApplication> Map)
{
    /// <summary>The name of the server of plain HTTP.</summary>
    public const string Http = "http";

    /// <summary>The name of Krait's server behind TLS.</summary>
    public const string Tls = "krait-tls";

    /// <summary>The name of the server with rooms and small send buffers.</summary>
    public const string Fresh = "rooms-fresh";

    private static readonly Server[] All =
    [
        new("krait", KraitServer.Add, KraitServer.Map),
        new("krait-metered", Listening(Aggregation.Begin) + KraitServer.Add, KraitServer.Map),
        new("krait-traced", Listening(Spans(ActivitySamplingResult.None)) + KraitServer.Add, KraitServer.Map),
        new(
            "krait-propagated",
            Listening(Spans(ActivitySamplingResult.PropagationData)) + KraitServer.Add,
            KraitServer.Map),
        new(Tls, KraitServer.Add, KraitServer.Map) { IsSecure = true },
        new(Http, static _ => { }, HttpServer.Map),
        new("drain", KraitServer.Add, KraitServer.Map),
        new("loop", static _ => { }, LoopServer.Map),
        new("signalr", static builder => SignalRServer.Add(builder), SignalRServer.Map),
        new("signalr-pings", static builder => SignalRServer.AddWithPings(builder), SignalRServer.Map),
        new("pipe", static _ => { }, PipeServer.Map),
        new("raw", static _ => { }, RawServer.Map),
        new("rooms", static builder => RoomServer.Add(builder, history: null), RoomServer.Map),
        new(Fresh, RoomServer.AddFresh, RoomServer.Map),
        new("rooms-history", static builder => RoomServer.Add(builder, new(length: 500, age: TimeSpan.FromMinutes(5))), RoomServer.Map),
        new("groups", static builder => GroupServer.Add(builder, awaits: true), GroupServer.Map),
        new("groups-unawaited", static builder => GroupServer.Add(builder, awaits: false), GroupServer.Map),
        new("naive", NaiveServer.Add, NaiveServer.Map),
        new("channels", ChannelServer.Add, ChannelServer.Map),
    ];

    private bool IsSecure { get; init; }

    private static Action<WebApplicationBuilder> Listening(Action begin) => _ => begin();

    private static Action Spans(ActivitySamplingResult others) => () => Sampling.Begin(others);

    /// <summary>Puts TLS on an end point if the server is to have it.</summary>
    public void Secure(ListenOptions endPoint)
    {
        if (IsSecure)
            endPoint.UseHttps(OwnCertificate.Create());
    }

    /// <summary>Finds a server by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Server Find(string name) =>
        Array.Find(All, server => server.Name == name)
        ?? throw new ArgumentException($"There is no server '{name}'.", nameof(name));
}
