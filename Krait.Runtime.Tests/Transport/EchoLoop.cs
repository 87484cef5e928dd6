using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>The smallest user of a transport: it answers every message with itself, batch by batch, and ends as the protocol demands.</summary>
internal static class EchoLoop
{
    public static async Task<TransportRead> RunAsync(MessageTransport transport)
    {
        while (true)
        {
            transport.HoldsReplies = true;
            var reading = transport.ReadAsync();
            if (!reading.IsCompleted)
                transport.ReleaseReplies();

            var read = await reading;
            if (read.Kind != TransportReadKind.Message)
            {
                await EndAsync(transport, read);
                return read;
            }

            transport.Post(read.Type, read.Payload, isReply: true);
        }
    }

    private static async Task EndAsync(MessageTransport transport, TransportRead read)
    {
        if (read.Kind == TransportReadKind.Lost)
            transport.Abort();
        else if (read.Kind == TransportReadKind.Close)
            transport.SendClose(read.Status, null);
        else
            await transport.DrainAsync(() => transport.SendClose(read.Status, read.Reason), DrainPatience.LongestMessage, CancellationToken.None);
    }
}
