namespace Krait.Connections;

/// <summary>Runs the streams that handlers return. Thread-safe.</summary>
internal interface IReplyStreams
{
    /// <summary>Starts a stream on this thread, so that its first message keeps its place among the replies.</summary>
    /// <exception cref="TooManyStreamsException">The maximum number of streams already runs.</exception>
    void Start(Func<ValueTask> stream);
}
