namespace Krait;

/// <summary>
/// A handler returned a stream although the connection already runs <see cref="KraitOptions.MaxStreams"/> streams.
/// </summary>
/// <remarks>
/// Krait does not start the stream. If an [OnError] handler takes the exception, the connection goes on. Otherwise Krait closes
/// it with 1008.
/// </remarks>
/// <param name="maxStreams">How many streams may run at once.</param>
public sealed class TooManyStreamsException(int maxStreams)
    : InvalidOperationException(
        $"The connection already runs {maxStreams} streams, which is its MaxStreams; the new stream is not started.")
{
    /// <summary>How many streams may run at once.</summary>
    public int MaxStreams { get; } = maxStreams;
}
