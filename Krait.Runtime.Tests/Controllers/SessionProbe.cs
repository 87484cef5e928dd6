using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Threading.Channels;
using Krait.CompilerServices;
using Krait.Connections;
using Krait.Controllers;
using Krait.Runtime.Tests.Messaging;
using Krait.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Controllers;

/// <summary>A controller whose handlers are the test's lambdas, served over a scripted transport with a clock that the test moves.</summary>
internal sealed class SessionProbe
{
    private readonly TaskCompletionSource _attached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConnectionSession? _session;

    public ScriptedTransport Transport { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public CollectedLog Log { get; } = new();

    public HttpContext Context { get; } = new DefaultHttpContext();

    public KraitOptions Options { get; } = new();

    public MessageDelivery Delivery { get; init; } = MessageDelivery.Event;

    public Action? OnAttach { get; init; }

    public Func<WebSocketConnection<string>, ValueTask>? OnOpen { get; init; }

    public Func<string, WebSocketConnection<string>, ValueTask>? OnMessage { get; init; }

    public Func<Exception, object?, WebSocketConnection<string>, ValueTask?>? OnError { get; init; }

    public Func<LostMessages, WebSocketConnection<string>, ValueTask>? OnLost { get; init; }

    /// <summary>[OnPresence], for members of <see cref="PresenceMembers"/>.</summary>
    public Func<object, WebSocketConnection<string>, ValueTask>? OnPresence { get; init; }

    public Func<DrainInfo, WebSocketConnection<string>, ValueTask>? OnDrain { get; init; }

    public Func<ExpirationInfo, WebSocketConnection<string>, ValueTask>? OnExpiring { get; init; }

    public MemberContract? PresenceMembers { get; init; }

    /// <summary>The rooms that a constructor would be given.</summary>
    public IReadOnlyList<object> Rooms { get; init; } = [];

    /// <summary>The policy of rooms for messages that this client reads too slowly; null closes it.</summary>
    public SlowReaderPolicy? WhenSlow { get; init; }

    public Func<ChannelReader<string>, WebSocketConnection<string>, ValueTask>? Run { get; init; }

    public bool RunOwnsThread { get; init; }

    public Action? OnClose { get; init; }

    public Action? OnDispose { get; init; }

    public IMessageDecoder<string> Decoder { get; init; } = MessageCodecs.Text;

    public ConcurrentQueue<CloseInfo> Closes { get; } = new();

    public int Disposals { get; private set; }

    public Task? Running { get; private set; }

    public WebSocketConnection<string> Connection { get; private set; } = null!;

    public CloseInfo Closed => Assert.Single(Closes);

    public IReadOnlyList<string> Sent => Transport.Sent;

    public void StopHost() => _session!.StopForHost();

    public void Drain() => _session!.Drain(new(TimeSpan.FromSeconds(7)));

    /// <summary>Starts serving; <see cref="Connection"/> is there when it returns.</summary>
    public SessionProbe Start()
    {
        var descriptor = new ControllerDescriptor<Controller, string, string>
        {
            Pattern = "/probe",
            Delivery = Delivery,
            Create = _ => new(this),
            Attach = (_, connection, _) =>
            {
                Connection = connection;
                _attached.TrySetResult();
                OnAttach?.Invoke();
            },
            OnMessage = OnMessage is null ? null : (_, message, connection) => OnMessage(message, connection),
            OnError = OnError is null ? null : (_, error, message, connection) => OnError(error, message, connection),
            OnLost = OnLost is null ? null : (_, lost, connection) => OnLost(lost, connection),
            OnPresence = OnPresence is null ? null : (_, change, connection) => OnPresence(change, connection),
            OnDrain = OnDrain is null ? null : (_, drain, connection) => OnDrain(drain, connection),
            OnExpiring = OnExpiring is null ? null : (_, expiration, connection) => OnExpiring(expiration, connection),
            Members = PresenceMembers,
            WhenSlow = WhenSlow is { } policy ? _ => MessagePolicy.Of(policy) : null,
            OnClose = (_, why, _) =>
            {
                Closes.Enqueue(why);
                OnClose?.Invoke();
                return default;
            },
            Run = Run is null ? null : (_, messages, connection) => Run(messages, connection),
            RunOwnsThread = RunOwnsThread,
            Decoder = _ => Decoder,
            Encoder = _ => MessageCodecs.Text,
        };
        var sessions = Sessions(descriptor);
        Func<Controller, WebSocketConnection<string>, ValueTask>? onOpen = OnOpen is null ? null : (_, connection) => OnOpen(connection);
        _session = sessions.Create(new(Transport, new(Context), null, new(this), onOpen, new(sessions.Settings.Scopes), Rooms));
        Running = _session.RunAsync();
        return this;
    }

    /// <summary>Waits until nothing of the connection is left.</summary>
    public Task Ended() => Running!.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>The client closes with 1000.</summary>
    public void ClientCloses() => Transport.Receive(TransportRead.Close(WebSocketCloseStatus.NormalClosure, null));

    private SessionFactory<Controller, string, string> Sessions(ControllerDescriptor<Controller, string, string> descriptor)
    {
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ILoggerFactory>(Log)
            .AddSingleton<IOptions<KraitOptions>>(new OptionsWrapper<KraitOptions>(Options))
            .AddSingleton<IHostApplicationLifetime>(new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance))
            .AddSingleton<ConnectionRegistry>()
            .AddSingleton<ExpirationSchedule>();
        return new(descriptor, services.BuildServiceProvider());
    }

    internal sealed class Controller(SessionProbe probe) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            probe.Disposals++;
            probe.OnDispose?.Invoke();
            return default;
        }
    }

    /// <summary>What was logged, as "Level: text".</summary>
    internal sealed class CollectedLog : ILogger, ILoggerFactory
    {
        public ConcurrentQueue<string> Entries { get; } = new();

        /// <summary>Whether every entry ends in an exception, as from a logging provider that fails.</summary>
        public bool Throws { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (this) // no clock is moved meanwhile
            {
                if (IsEnabled(logLevel))
                    Entries.Enqueue($"{logLevel}: {formatter(state, exception)}");
            }

            if (Throws)
                throw new InvalidOperationException("The log fails.");
        }
    }
}
