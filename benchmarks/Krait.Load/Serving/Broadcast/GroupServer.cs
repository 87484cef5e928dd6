using System.Globalization;
using Microsoft.AspNetCore.SignalR;

namespace Krait.Load.Serving;

/// <summary>Groups of SignalR's.</summary>
internal static class GroupServer
{
    public static void Add(WebApplicationBuilder builder, bool awaits)
    {
        var signalR = SignalRServer.Add(builder);
        if (SharedRedis.Address is { } redis)
            signalR.AddStackExchangeRedis(redis);

        builder.Services
            .AddSingleton<Attendance>()
            .AddSingleton<Publisher>(services => ActivatorUtilities.CreateInstance<GroupPublisher>(services, awaits));
    }

    public static void Map(WebApplication app)
    {
        foreach (var seat in (string[])[Seats.Members, Seats.Droppers, Seats.Quotes, Seats.IdlePattern, Seats.OwnPattern])
            app.MapHub<GroupHub>(seat);
    }
}

/// <summary>How many memberships there are.</summary>
public sealed class Attendance
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Add(int more) => Interlocked.Add(ref _count, more);
}

/// <summary>Sends to groups.</summary>
/// <param name="hub">The groups.</param>
/// <param name="attendance">The members.</param>
/// <param name="awaits">
/// Whether a message is sent when the one before was. That waits for the slowest member; without it, what waits for the
/// slowest has no bound.
/// </param>
internal sealed class GroupPublisher(IHubContext<GroupHub> hub, Attendance attendance, bool awaits) : Publisher
{
    protected override int MembershipCount => attendance.Count;

    protected override ValueTask SendAsync(Tick tick) => Send(hub.Clients.Group(GroupHub.Members).SendAsync("tick", tick));

    protected override ValueTask SendAsync(Quote quote) => Send(hub.Clients.Group(GroupHub.Quotations).SendAsync("quote", quote));

    private ValueTask Send(Task sending) => awaits ? new(sending) : default;
}

public sealed class GroupHub(Attendance attendance) : Hub
{
    public const string Members = "members";
    public const string Quotations = "quotes";

    public override async Task OnConnectedAsync()
    {
        var groups = GroupNames();
        foreach (var group in groups)
            await Groups.AddToGroupAsync(Context.ConnectionId, group);

        attendance.Add(groups.Length);
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        attendance.Add(-GroupNames().Length);
        return Task.CompletedTask;
    }

    private string[] GroupNames()
    {
        var path = Context.GetHttpContext()!.Request.Path.Value!;
        return path switch
        {
            Seats.Quotes => [Quotations],
            _ when path.StartsWith(Seats.Idle, StringComparison.Ordinal) =>
                Seats.IdleRoomNames(int.Parse(path[Seats.Idle.Length..], CultureInfo.InvariantCulture)).ToArray(),
            _ when path.StartsWith(Seats.Own, StringComparison.Ordinal) => [path],
            _ => [Members],
        };
    }
}
