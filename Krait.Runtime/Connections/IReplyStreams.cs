namespace Krait.Connections;

/// <summary>Where streams that handlers return go on by themselves. Thread-safe.</summary>
internal interface IReplyStreams
{
    /// <summary>Starts a stream on this thread, so that its first message keeps its place among the replies.</summary>
    /// <exception cref="TooManyStreamsException">As many run already as may.</exception>
    void Start(Func<ValueTask> stream);
}
