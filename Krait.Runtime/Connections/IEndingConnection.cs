namespace Krait.Connections;

/// <summary>A connection that learns of the cause of its end.</summary>
internal interface IEndingConnection
{
    /// <summary>
    /// Called once, on the thread that brings the cause, so that what this thread does next finds the connection ending.
    /// </summary>
    void BeginEnding(CloseInfo why, EndPlan plan);
}
