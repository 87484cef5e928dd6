using Krait.Transport;

namespace Krait.Controllers;

/// <summary>Delivers received messages to the controller. The reader calls it, except where a member says otherwise.</summary>
internal interface IMessageDelivery
{
    /// <summary>Delivers a message; completes when the next one may be read.</summary>
    ValueTask DeliverAsync(in TransportRead read);

    /// <summary>
    /// Delivers a message that has waited for a limit, on another thread than the reader's. Its payload is valid until this
    /// completes, which is when the next message may be delivered.
    /// </summary>
    ValueTask DeliverLaterAsync(in TransportRead read);

    /// <summary>
    /// Called when all messages that were received together have been delivered: the next one arrives later than they did.
    /// </summary>
    void EndRead();

    /// <summary>Called when the reader has no more messages and begins to wait for the client.</summary>
    void EndBatch();

    /// <summary>Called after the last message.</summary>
    void Complete();

    /// <summary>From now on, the reader never waits for room. Any thread.</summary>
    void LiftBudget();

    /// <summary>
    /// Completes when no message waits for a handler, though one may be handled. Any thread, after <see cref="Complete"/>.
    /// </summary>
    /// <param name="running">Completes when [Run] has returned; it then reads no more messages.</param>
    Task WhenLineEmpty(Task running);

    /// <summary>
    /// Completes when every message is handled, as far as Krait can know. Any thread, after <see cref="Complete"/>.
    /// </summary>
    /// <param name="running">Completes when [Run] has returned.</param>
    Task WhenHandled(Task running);
}
