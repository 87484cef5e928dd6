namespace Krait.Messaging;

/// <summary>The sends of a connection that is ending. Thread-safe.</summary>
internal interface IEndingSends
{
    /// <summary>From now on, sent messages are discarded without an exception.</summary>
    void Discard();

    /// <summary>From now on sending throws.</summary>
    void Close(Func<ConnectionClosedException> closed);
}
