namespace Krait;

/// <summary>What holds for every controller that does not say otherwise.</summary>
public sealed class KraitOptions
{
    /// <summary>The largest message that is received, in bytes; 64 KiB by default.</summary>
    public int MaxMessageSize { get; set; } = 64 * 1024;

    /// <summary>How many received messages may wait before reading stops; 64 by default.</summary>
    public int ReceiveQueueCapacity { get; set; } = 64;

    /// <summary>How many bytes of received messages may wait before reading stops; 256 KiB by default.</summary>
    public int ReceiveBufferSize { get; set; } = 256 * 1024;

    /// <summary>How many bytes may wait to be sent before sending waits; 256 KiB by default.</summary>
    public int SendBufferSize { get; set; } = 256 * 1024;

    /// <summary>How many streams returned by handlers may run at once on a connection; 16 by default.</summary>
    public int MaxStreams { get; set; } = 16;

    /// <summary>How often a silent client is pinged; 15 s by default, <see cref="Timeout.InfiniteTimeSpan"/> never.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a client may take to answer a ping; 15 s by default, <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </summary>
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long sending may make no progress; 30 s by default, <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// </summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long flushing and the closing handshake may take together; 5 s by default.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long handlers may take to return once the connection is stopping; 10 s by default.</summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The foreign origins that may connect, such as <c>https://app.example.com</c>, or <c>*</c> for all; empty means same origin
    /// only.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
