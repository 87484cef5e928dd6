using Krait.Connections;

namespace Krait.Controllers;

/// <summary>The messages that were received before the end and wait for the controller.</summary>
internal sealed class ReceivedLine(EndpointSettings settings, MessageReading reading, IMessageDelivery delivery, Task running)
{
    /// <summary>
    /// Completes when all are handled. Waits at most StopTimeout, and at most CloseTimeout for the handler of the last one.
    /// </summary>
    /// <remarks>
    /// Without the second limit a loop that only sends to a client that has closed would go on for all of StopTimeout.
    /// </remarks>
    public async Task WhenHandledAsync()
    {
        var time = settings.TimeProvider;
        var began = time.GetTimestamp();
        if (!await TakenAsync().CompletesWithinAsync(settings.Options.StopTimeout, time).ConfigureAwait(false))
            return;

        var rest = settings.Options.StopTimeout - time.GetElapsedTime(began);
        var grace = rest < settings.Options.CloseTimeout ? rest : settings.Options.CloseTimeout;
        if (grace > TimeSpan.Zero)
            await delivery.WhenHandled(running).CompletesWithinAsync(grace, time).ConfigureAwait(false);
    }

    private async Task TakenAsync()
    {
        await reading.LineCompleted.ConfigureAwait(false);
        await delivery.WhenLineEmpty(running).ConfigureAwait(false);
    }
}
