namespace Krait.Connections;

/// <summary>A connection that ends when the host does.</summary>
internal interface IStoppableConnection
{
    /// <summary>The connection for the application.</summary>
    WebSocketConnection Connection { get; }

    /// <summary>Starts ending the connection; never waits, never throws, may be called more than once.</summary>
    void StopForHost();

    /// <summary>
    /// Lets the controller say goodbye and then ends the connection; never waits, never throws, may be called more than once.
    /// </summary>
    void Drain(DrainInfo info);
}
