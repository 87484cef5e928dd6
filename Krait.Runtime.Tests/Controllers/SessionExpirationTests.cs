using Krait.Runtime.Tests.EndToEnd;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>When [OnExpiring] is called: once for each authentication, in its turn, and before the close.</summary>
public sealed class SessionExpirationTests
{
    private const string Closed = "close 1008 authentication expired";

    private static readonly TimeSpan Notice = new KraitOptions().AuthenticationExpirationNotice;

    [Fact]
    public async Task OnExpiring_warns_before_the_close_and_learns_the_time_of_the_end_in_UTC()
    {
        ExpirationInfo? given = null;
        var probe = Start(new()
        {
            OnExpiring = (expiration, connection) =>
            {
                given = expiration;
                return connection.SendAsync("soon");
            },
        });
        var end = probe.Time.GetUtcNow() + TimeSpan.FromMinutes(5);

        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice - TimeSpan.FromSeconds(1));
        Assert.Empty(probe.Sent);
        probe.Time.Advance(TimeSpan.FromSeconds(1));
        await probe.Until(() => probe.Sent.Count == 1);
        probe.Time.Advance(Notice);

        await EndsWith(probe, "soon", Closed);
        Assert.Equal((end, TimeSpan.Zero), (given!.ExpiresAt, given.ExpiresAt.Offset));
        Assert.Equal(CloseCause.AuthenticationExpired, probe.Closed.Cause);
    }

    [Fact]
    public async Task A_connection_that_begins_with_less_time_is_warned_right_after_OnOpen()
    {
        var gate = Source();
        var probe = Start(
            new()
            {
                OnOpen = async connection =>
                {
                    await gate.Task;
                    await connection.SendAsync("welcome");
                },
                OnExpiring = WarnAsync,
            },
            Notice - TimeSpan.FromSeconds(1));

        Assert.Empty(probe.Sent);
        gate.SetResult();

        await probe.Until(() => probe.Sent.Count == 2);
        probe.Time.Advance(Notice);
        await EndsWith(probe, "welcome", "soon", Closed);
    }

    [Fact]
    public async Task A_connection_without_OnOpen_that_begins_with_less_time_is_warned_at_once()
    {
        var probe = Start(new() { OnExpiring = WarnAsync }, Notice);

        await probe.Until(() => probe.Sent.Count == 1);
        probe.Time.Advance(Notice);
        await EndsWith(probe, "soon", Closed);
    }

    [Fact]
    public async Task A_connection_whose_authentication_has_already_ended_is_only_closed()
    {
        var probe = Start(new() { OnExpiring = WarnAsync }, TimeSpan.FromSeconds(-1));

        probe.Time.Advance(TimeSpan.FromMilliseconds(1));

        await EndsWith(probe, Closed);
    }

    [Fact]
    public async Task OnExpiring_waits_for_the_handler_before_it()
    {
        var (entered, gate) = (Source(), Source());
        var probe = Start(new()
        {
            OnMessage = async (message, connection) =>
            {
                entered.SetResult();
                await gate.Task;
                await connection.SendAsync(message);
            },
            OnExpiring = WarnAsync,
        });
        probe.Transport.Receive("one");
        await entered.Task.InTime();

        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);
        gate.SetResult();

        await probe.Until(() => probe.Sent.Count == 2);
        probe.Time.Advance(Notice);
        await EndsWith(probe, "one", "soon", Closed);
    }

    [Fact]
    public async Task OnExpiring_is_not_called_after_the_close_has_begun()
    {
        var (entered, gate, called) = (Source(), Source(), false);
        var probe = Start(new()
        {
            OnMessage = async (_, _) =>
            {
                entered.SetResult();
                await gate.Task;
            },
            OnExpiring = (_, _) =>
            {
                called = true;
                return default;
            },
        });
        probe.Transport.Receive("x");
        await entered.Task.InTime();

        probe.Time.Advance(TimeSpan.FromMinutes(5)); // the call waits for its turn
        gate.SetResult();

        await EndsWith(probe, Closed);
        Assert.False(called);
    }

    [Fact]
    public async Task A_renewed_authentication_is_warned_of_again_and_closes_at_its_own_time()
    {
        var probe = Start(new()
        {
            OnExpiring = (_, connection) =>
            {
                connection.ExpirationMoved!(connection.Time.GetUtcNow() + TimeSpan.FromMinutes(5));
                return connection.SendAsync("renewed");
            },
        });

        for (var renewals = 1; renewals <= 3; renewals++)
        {
            probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);
            await probe.Until(() => probe.Sent.Count == renewals);
        }

        Assert.False(probe.Connection.Lifetime.IsEnding);
        probe.Connection.ExpirationMoved!(probe.Time.GetUtcNow());
        probe.Time.Advance(TimeSpan.FromMilliseconds(1));
        await EndsWith(probe, "renewed", "renewed", "renewed", Closed);
    }

    [Fact]
    public async Task A_call_that_waits_for_its_turn_is_dropped_when_the_authentication_is_renewed()
    {
        var (entered, gate) = (Source(), Source());
        var probe = Start(new()
        {
            OnMessage = async (message, connection) =>
            {
                entered.TrySetResult();
                await gate.Task;
                await connection.SendAsync(message);
            },
            OnExpiring = WarnAsync,
        });
        probe.Transport.Receive("one");
        await entered.Task.InTime();
        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);

        probe.Connection.ExpirationMoved!(probe.Time.GetUtcNow() + TimeSpan.FromMinutes(5));
        gate.SetResult();
        probe.Transport.Receive("two"); // is handled after what was in line

        await probe.Until(() => probe.Sent.Count == 2);
        Assert.Equal(["one", "two"], probe.Sent);
        probe.ClientCloses();
        await probe.Ended();
    }

    [Fact]
    public async Task The_same_time_again_is_no_other_authentication()
    {
        var probe = Start(new()
        {
            OnExpiring = (expiration, connection) =>
            {
                connection.ExpirationMoved!(expiration.ExpiresAt);
                return connection.SendAsync("soon");
            },
        });

        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);
        await probe.Until(() => probe.Sent.Count == 1);
        probe.Time.Advance(Notice - TimeSpan.FromSeconds(1));
        probe.Time.Advance(TimeSpan.FromSeconds(1));

        await EndsWith(probe, "soon", Closed);
    }

    [Fact]
    public async Task A_short_new_authentication_is_warned_of_at_half_of_its_time()
    {
        var probe = Start(new() { OnExpiring = WarnAsync });
        probe.Connection.ExpirationMoved!(probe.Time.GetUtcNow() + Notice);

        probe.Time.Advance(Notice / 2 - TimeSpan.FromSeconds(1));
        Assert.False(probe.Connection.Lifetime.IsEnding);
        Assert.Empty(probe.Sent);
        probe.Time.Advance(TimeSpan.FromSeconds(1));
        await probe.Until(() => probe.Sent.Count == 1);

        probe.Time.Advance(Notice / 2);
        await EndsWith(probe, "soon", Closed);
    }

    [Fact]
    public async Task An_authentication_that_no_longer_ends_is_not_warned_of()
    {
        var probe = Start(new() { OnExpiring = WarnAsync, OnMessage = static (message, connection) => connection.SendAsync(message) });

        probe.Connection.ExpirationMoved!(null);
        probe.Time.Advance(TimeSpan.FromDays(1));
        probe.Transport.Receive("still here");

        await probe.Until(() => probe.Sent.Count == 1);
        Assert.Equal(["still here"], probe.Sent);
        probe.ClientCloses();
        await probe.Ended();
    }

    [Fact]
    public async Task Without_a_notice_the_connection_is_only_closed()
    {
        var probe = new SessionProbe { OnExpiring = WarnAsync };
        probe.Options.AuthenticationExpirationNotice = TimeSpan.Zero;
        Start(probe);

        probe.Time.Advance(TimeSpan.FromMinutes(5));

        await EndsWith(probe, Closed);
    }

    [Fact]
    public async Task An_exception_that_OnError_takes_leaves_the_connection_open()
    {
        var probe = Start(new()
        {
            OnExpiring = static (_, _) => throw new InvalidOperationException("no warning"),
            OnError = static (error, _, connection) => connection.SendAsync(error.Message),
        });

        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);
        await probe.Until(() => probe.Sent.Count == 1);
        probe.Time.Advance(Notice);

        await EndsWith(probe, "no warning", Closed);
    }

    [Fact]
    public async Task An_exception_that_no_OnError_takes_is_a_1011()
    {
        var probe = Start(new() { OnExpiring = static (_, _) => throw new InvalidOperationException("no warning") });

        probe.Time.Advance(TimeSpan.FromMinutes(5) - Notice);

        await EndsWith(probe, "close 1011 The server failed.");
    }

    private static SessionProbe Start(SessionProbe probe, TimeSpan? left = null)
    {
        probe.Options.CloseOnAuthenticationExpiration = true;
        Authenticated.Until((probe.Time.GetUtcNow() + (left ?? TimeSpan.FromMinutes(5))).ToOffset(TimeSpan.FromHours(2)), probe.Context);
        return probe.Start();
    }

    private static async Task EndsWith(SessionProbe probe, params string[] sent)
    {
        await probe.Until(() => probe.Sent.Any(static message => message.StartsWith("close ", StringComparison.Ordinal)));
        probe.ClientCloses();
        await probe.Ended();
        Assert.Equal(sent, probe.Sent);
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static ValueTask WarnAsync(ExpirationInfo expiration, WebSocketConnection<string> connection) => connection.SendAsync("soon");
}
