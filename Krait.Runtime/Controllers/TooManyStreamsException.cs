namespace Krait;

/// <summary>
/// A handler returned a stream although <see cref="KraitOptions.MaxStreams"/> streams of the connection run already.
/// </summary>
/// <remarks>
/// The stream is not started. An [OnError] handler may take the exception, and the connection goes on; else it is closed with
/// 1008.
/// </remarks>
/// <param name="maxStreams">How many streams may run at once.</param>
public sealed class TooManyStreamsException(int maxStreams)
    : InvalidOperationException(
        $"The connection already runs {maxStreams} streams, which is its MaxStreams; the new stream is not started.")
{
    /// <summary>How many streams may run at once.</summary>
    public int MaxStreams { get; } = maxStreams;
}
