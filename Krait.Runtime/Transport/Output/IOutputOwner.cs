namespace Krait.Transport;

/// <summary>The connection that an output belongs to.</summary>
internal interface IOutputOwner
{
    /// <summary>
    /// The peer can no longer be reached: sending failed or timed out, or the peer does not answer. The connection is useless
    /// from now on. Called outside the output's lock.
    /// </summary>
    /// <param name="cause">Why.</param>
    /// <param name="error">The exception of sending, if there was one.</param>
    void OutputIsLost(CloseCause cause, Exception? error);
}
