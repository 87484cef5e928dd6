using Krait.CompilerServices;
using Krait.Connections;
using Krait.Controllers;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Messaging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>The notices and the closes of many connections.</summary>
public sealed class ManyExpirationsTests
{
    private const int Count = 10_000;
    private const int Seconds = 60;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly CountingClock _time = new();
    private readonly KraitOptions _options = new() { CloseOnAuthenticationExpiration = true };
    private readonly DateTimeOffset[] _ends = new DateTimeOffset[Count];
    private readonly WebSocketConnection[] _connections = new WebSocketConnection[Count];
    private readonly int[] _notices = new int[Count];
    private int _noticed;

    [Fact]
    public async Task Ten_thousand_connections_are_warned_and_closed_each_within_a_second_of_its_time_with_one_timer()
    {
        var random = new Random(1);
        var start = _time.GetUtcNow();
        await using var services = Services();
        var sessions = new SessionFactory<Place, string, string>(Descriptor(), services);
        for (var i = 0; i < Count; i++)
        {
            _ends[i] = start + _options.AuthenticationExpirationNotice + random.Next(1, Seconds) * Second; // ExpiresUtc keeps seconds
            Start(sessions, new(i));
        }

        Assert.Equal(1, _time.Timers);
        for (var second = 0; second < Seconds + _options.AuthenticationExpirationNotice.TotalSeconds; second++)
        {
            _time.Advance(Second);
            await AssertAllInTimeAsync();
        }

        Assert.Equal(Count, _noticed);
        Assert.All(_connections, static connection => Assert.True(connection.Lifetime.IsEnding));
    }

    /// <summary>Nothing comes early, and nothing is missing that was due before this second.</summary>
    private async Task AssertAllInTimeAsync()
    {
        var now = _time.GetUtcNow();
        var noticeable = now + _options.AuthenticationExpirationNotice;
        var due = _ends.Count(end => end <= noticeable);
        await Patience.Until(() => Volatile.Read(ref _noticed) >= due);
        Assert.Equal([], Enumerable.Range(0, Count).Where(i => _ends[i] <= noticeable != (_notices[i] == 1)));
        await Patience.Until(() => Enumerable.Range(0, Count).All(i => _ends[i] > now || _connections[i].Lifetime.IsEnding));
        Assert.DoesNotContain(Enumerable.Range(0, Count), i => _ends[i] > now && _connections[i].Lifetime.IsEnding);
    }

    private void Start(SessionFactory<Place, string, string> sessions, Place place)
    {
        var context = new DefaultHttpContext();
        Authenticated.Until(_ends[place.Number], context);
        var session = sessions.Create(new(new ScriptedTransport(), new(context), null, place, null, null, [], null));
        _connections[place.Number] = session.Connection;
        _ = session.RunAsync();
    }

    private ControllerDescriptor<Place, string, string> Descriptor() => new()
    {
        Pattern = "/many",
        Delivery = MessageDelivery.Event,
        Create = static _ => throw new NotSupportedException(),
        Attach = static (_, _, _) => { },
        OnExpiring = (place, _, _) =>
        {
            Interlocked.Increment(ref _notices[place.Number]);
            Interlocked.Increment(ref _noticed);
            return default;
        },
        Decoder = static _ => MessageCodecs.Text,
        Encoder = static _ => MessageCodecs.Text,
    };

    private ServiceProvider Services() => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
        .AddSingleton<IOptions<KraitOptions>>(new OptionsWrapper<KraitOptions>(_options))
        .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
        .AddSingleton<ConnectionRegistry>()
        .AddSingleton<ExpirationSchedule>()
        .BuildServiceProvider();

    private sealed record Place(int Number);
}
