namespace Krait.Connections;

/// <summary>A connection that must know the cause of its end.</summary>
internal interface IEndingConnection
{
    /// <summary>
    /// Called once, on the thread that reports the cause, so that the connection is already ending when that thread goes on.
    /// </summary>
    void BeginEnding(CloseInfo why, EndPlan plan);
}
