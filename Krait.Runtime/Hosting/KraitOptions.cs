using System.Net.WebSockets;

namespace Krait;

/// <summary>The options of all controllers. <see cref="WebSocketControllerAttribute"/> can override some of them.</summary>
/// <remarks>
/// Sizes and counts are at least 1, and times are more than 0 and at most about 49 days, unless an option says otherwise. If an
/// option is out of its range, the application does not start.
/// </remarks>
public sealed class KraitOptions
{
    /// <summary>The maximum size of a received message, in bytes; 64 KiB by default.</summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>How many received messages may wait before reading stops; 64 by default.</summary>
    public int ReceiveQueueCapacity { get; set; } = 64;

    /// <summary>How many bytes of received messages may wait before reading stops; 256 KiB by default.</summary>
    public int ReceiveBufferSize { get; set; } = 256 * 1024;

    /// <summary>How many bytes may wait to be sent before sending waits; 256 KiB by default.</summary>
    public int SendBufferSize { get; set; } = 256 * 1024;

    /// <summary>How many streams of handlers may run at once on a connection; 16 by default.</summary>
    public int MaxStreams { get; set; } = 16;

    /// <summary>
    /// How often Krait pings a silent client; 15 s by default. With <see cref="Timeout.InfiniteTimeSpan"/>, Krait sends no pings.
    /// </summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a client may take to answer a ping; 15 s by default. <see cref="Timeout.InfiniteTimeSpan"/> sets no limit.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long sending may make no progress; 30 s by default. <see cref="Timeout.InfiniteTimeSpan"/> sets no limit.
    /// </summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long flushing and the closing handshake may take together; 5 s by default.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long handlers may take to return once the connection is stopping; 10 s by default.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time over which Krait ends the connections when the host stops. The default, 0, ends them all at once. The range is 0
    /// to about 49 days.
    /// </summary>
    /// <remarks>
    /// Set it to let clients move to another server one after another instead of all at once. Krait then closes connections with
    /// 1012 (<see cref="CloseCause.Draining"/>) after [OnDrain], and refuses upgrades with 503. Together with
    /// <see cref="StopTimeout"/> and <see cref="CloseTimeout"/> it must fit into the shutdown timeout of the host, which is 30 s
    /// by default.
    /// </remarks>
    public TimeSpan DrainPeriod { get; set; }

    /// <summary>
    /// The time over which the clients of a drained server should come back: the largest
    /// <see cref="DrainInfo.ReconnectAfter"/>, and the largest <c>Retry-After</c> of refused upgrades; 10 s by default. The
    /// range is 0 to about 49 days.
    /// </summary>
    public TimeSpan ReconnectSpread { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The name under which pages send a bearer token among the offered subprotocols, such as
    /// <c>base64url.bearer.authorization.example</c>. With null, the default, Krait does not look for a token there.
    /// </summary>
    /// <remarks>
    /// A page cannot set the Authorization header of a WebSocket. It can offer <c>["chat.v1",
    /// "base64url.bearer.authorization.example." + token]</c>, with the token in base64url without padding. Before all
    /// middleware, Krait moves it to the Authorization header and removes it from the subprotocols. So no controller sees or
    /// selects it there. A malformed or doubled token, or one next to an Authorization header, gets 400. Let the page offer
    /// another subprotocol, too, because browsers close the connection if the server selects none.
    /// </remarks>
    public string? BearerProtocol { get; set; }

    /// <summary>
    /// Whether Krait closes connections with <see cref="AuthenticationExpiredStatus"/> when the authentication of their user
    /// expires; false by default.
    /// </summary>
    /// <remarks>
    /// The time is <c>ExpiresUtc</c> of the authentication at the upgrade, which JwtBearer and cookies set. A connection without
    /// it stays open. The cause is <see cref="CloseCause.AuthenticationExpired"/>, and the reason "authentication expired".
    /// </remarks>
    public bool CloseOnAuthenticationExpiration { get; set; }

    /// <summary>
    /// The close status for <see cref="CloseOnAuthenticationExpiration"/>; 1008 by default. Use a status of your own from 4000 to
    /// 4999, such as 4401, if a page must tell this cause from others.
    /// </summary>
    public int AuthenticationExpiredStatus { get; set; } = (int)WebSocketCloseStatus.PolicyViolation;

    /// <summary>
    /// The time between the call of [OnExpiring] and the close by <see cref="CloseOnAuthenticationExpiration"/>; 30 s by default.
    /// The range is 0 to about 49 days. With 0, Krait does not call the handler.
    /// </summary>
    /// <remarks>
    /// If less time is left at the upgrade, Krait calls the handler directly after [OnOpen]. If the time after a
    /// <see cref="WebSocketConnection.ReauthenticateAsync"/> is shorter than twice the notice, the notice is half of that time.
    /// </remarks>
    public TimeSpan AuthenticationExpirationNotice { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The foreign origins that may connect, such as <c>https://app.example.com</c>, or <c>*</c> for all. Empty, the default,
    /// allows only the same origin.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
