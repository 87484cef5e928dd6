namespace Krait.Messaging;

/// <summary>The sends of a connection, as far as its end goes. Thread-safe.</summary>
internal interface IEndingSends
{
    /// <summary>From now on messages that are sent go nowhere, and sending does not throw.</summary>
    void Discard();

    /// <summary>From now on sending throws.</summary>
    void Close(Func<ConnectionClosedException> closed);
}
