namespace Krait.Connections;

/// <summary>The steps between the cause of a connection's end and its [OnClose]: one row for each cause.</summary>
/// <remarks>docs/lifecycle.md prints the same table, and a test compares the two.</remarks>
/// <param name="Line">
/// Whether waiting messages, which Krait has read, are handled. Messages that arrive later are always discarded.
/// </param>
/// <param name="Sends">How messages are treated that are sent before the handlers have returned.</param>
/// <param name="Stopping">When <c>Stopping</c> is cancelled.</param>
/// <param name="CloseFrame">When the close frame leaves.</param>
internal sealed record EndPlan(WaitingMessages Line, LateSends Sends, StoppingTime Stopping, CloseFrameTime CloseFrame)
{
    private static readonly EndPlan Echo = new(
        WaitingMessages.Handle, LateSends.Discard, StoppingTime.AfterLine, CloseFrameTime.Now);
    private static readonly EndPlan Gone = new(WaitingMessages.Handle, LateSends.Discard, StoppingTime.Now, CloseFrameTime.Never);
    private static readonly EndPlan Leave = new(
        WaitingMessages.Handle, LateSends.Keep, StoppingTime.Now, CloseFrameTime.AfterHandlers);
    private static readonly EndPlan Close = new(WaitingMessages.Drop, LateSends.Refuse, StoppingTime.Now, CloseFrameTime.Now);
    private static readonly EndPlan Break = new(WaitingMessages.Drop, LateSends.Refuse, StoppingTime.Now, CloseFrameTime.Never);

    /// <summary>
    /// The row of a cause. <c>Abort()</c> has its own row: it ends with 1006, which a close frame cannot contain.
    /// </summary>
    public static EndPlan Of(CloseInfo why) => why.Cause switch
    {
        CloseCause.ClientClosed => Echo,
        CloseCause.ConnectionLost or CloseCause.KeepAliveTimeout or CloseCause.SendTimeout => Gone,
        CloseCause.HostStopping or CloseCause.Draining => Leave,
        CloseCause.ServerClosed when why.Status == Transport.CloseFrame.Abnormal => Break,
        _ => Close,
    };
}

/// <summary>How messages are treated that wait for a handler when the connection begins to end.</summary>
internal enum WaitingMessages
{
    /// <summary>They are handled, within StopTimeout.</summary>
    Handle,

    /// <summary>They are dropped.</summary>
    Drop,
}

/// <summary>How messages are treated that are sent while the connection is ending.</summary>
internal enum LateSends
{
    /// <summary>They leave before the close frame.</summary>
    Keep,

    /// <summary>They are discarded without an exception, so that handlers can finish.</summary>
    Discard,

    /// <summary>Sending throws.</summary>
    Refuse,
}

/// <summary>When <c>Stopping</c> is cancelled.</summary>
internal enum StoppingTime
{
    /// <summary>At once.</summary>
    Now,

    /// <summary>When every message that was received is handled.</summary>
    AfterLine,
}

/// <summary>When the close frame leaves.</summary>
internal enum CloseFrameTime
{
    /// <summary>At once, after the messages that were sent before.</summary>
    Now,

    /// <summary>When the handlers have returned.</summary>
    AfterHandlers,

    /// <summary>Never: nothing can reach the client.</summary>
    Never,
}
