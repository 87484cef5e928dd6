using Krait.Transport;

namespace Krait.Controllers;

/// <summary>How received messages reach the controller. Called by the reader, but for what is waited for.</summary>
internal interface IMessageDelivery
{
    /// <summary>Delivers a message; completes when the next one may be read.</summary>
    ValueTask DeliverAsync(in TransportRead read);

    /// <summary>The reader waits for the client: nothing more is there for now.</summary>
    void EndBatch();

    /// <summary>No message follows.</summary>
    void Complete();

    /// <summary>Frees the reader for ever from waiting for room. Any thread.</summary>
    void LiftBudget();

    /// <summary>
    /// Completes when no message waits for a handler, though one may be handled. Any thread, after <see cref="Complete"/>.
    /// </summary>
    /// <param name="running">Completes when [Run] has returned, after which nobody pulls messages.</param>
    Task WhenLineEmpty(Task running);

    /// <summary>
    /// Completes when every message is handled, as far as that can be seen. Any thread, after <see cref="Complete"/>.
    /// </summary>
    /// <param name="running">Completes when [Run] has returned.</param>
    Task WhenHandled(Task running);
}
