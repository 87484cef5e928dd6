namespace Krait.Connections;

/// <summary>How far a connection has come. It only ever moves on.</summary>
internal enum ConnectionPhase
{
    /// <summary>The 101 was sent; [OnOpen] has not completed.</summary>
    Opening,

    /// <summary>Messages are handled.</summary>
    Talking,

    /// <summary>
    /// There is a cause of the end, and the controller still has its time: <see cref="EndPlan"/> says for what.
    /// </summary>
    Ending,

    /// <summary>Handlers did not return in time: nothing of the controller is called any more but [OnClose].</summary>
    LeftBehind,

    /// <summary>[OnClose] is being called or was: nothing else of the controller is called any more.</summary>
    Ended,
}
