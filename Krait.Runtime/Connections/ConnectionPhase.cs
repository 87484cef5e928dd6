namespace Krait.Connections;

/// <summary>The phase of a connection. It only moves forward.</summary>
internal enum ConnectionPhase
{
    /// <summary>The 101 was sent; [OnOpen] has not completed.</summary>
    Opening,

    /// <summary>Messages are handled.</summary>
    Talking,

    /// <summary>
    /// There is a cause of the end, but handlers may still run, as <see cref="EndPlan"/> defines.
    /// </summary>
    Ending,

    /// <summary>Handlers did not return in time. From now on, Krait calls only [OnClose].</summary>
    LeftBehind,

    /// <summary>[OnClose] runs or has returned. Krait calls nothing else of the controller.</summary>
    Ended,
}
