using System.Globalization;
using System.Threading.Channels;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Text comes back.</summary>
[WebSocketController("/echo/text", MaxMessageSize = 1024 * 1024)]
internal sealed partial class TextEchoController
{
    [OnMessage]
    private static string Echo(string message) => message;
}

/// <summary>Binary comes back, as an array.</summary>
[WebSocketController("/echo/bytes", MaxMessageSize = 1024 * 1024)]
internal sealed partial class BytesEchoController
{
    [OnMessage]
    private static async Task<byte[]> Echo(byte[] message)
    {
        await Task.Yield();
        return message;
    }
}

/// <summary>Binary comes back, as memory that waited in a queue.</summary>
[WebSocketController("/echo/memory", Sends = typeof(ReadOnlyMemory<byte>), MaxMessageSize = 1024 * 1024)]
internal sealed partial class MemoryEchoController
{
    [Run]
    private async Task Run(ChannelReader<ReadOnlyMemory<byte>> messages, CancellationToken stopping)
    {
        await foreach (var message in messages.ReadAllAsync(stopping))
            await SendAsync(message, stopping);
    }
}

/// <summary>Text and binary come back as what they were, without a copy.</summary>
[WebSocketController("/echo/raw", MaxMessageSize = 1024 * 1024)]
internal sealed partial class RawEchoController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}

/// <summary>Eight threads that send a thousand messages each.</summary>
[WebSocketController("/eight")]
internal sealed partial class EightThreadsController
{
    public const int Threads = 8;
    public const int Messages = 1000;

    [OnOpen]
    private void Open()
    {
        for (var thread = 0; thread < Threads; thread++)
        {
            var number = thread;
            new Thread(() => SendAllAsync(number).GetAwaiter().GetResult()).Start();
        }
    }

    private async Task SendAllAsync(int thread)
    {
        for (var i = 0; i < Messages; i++)
            await SendAsync(string.Create(CultureInfo.InvariantCulture, $"{thread} {i}"));
    }
}

/// <summary>Holds messages back at the gate, and answers "how many" with their number and whether they kept their order.</summary>
[WebSocketController("/slow/event")]
internal sealed partial class SlowEventController(Gate gate)
{
    private readonly Sequence sequence = new();

    [OnMessage]
    private async Task<string?> Take(string message)
    {
        await gate.Opened;
        await Task.Yield();
        return sequence.Take(message);
    }
}

/// <summary>The same by queue.</summary>
[WebSocketController("/slow/queue", Delivery = MessageDelivery.Queue)]
internal sealed partial class SlowQueueController(Gate gate)
{
    private readonly Sequence sequence = new();

    [Run]
    private async Task Run(ChannelReader<string> messages, CancellationToken stopping)
    {
        await gate.Opened;
        await foreach (var message in messages.ReadAllAsync(stopping))
        {
            if (sequence.Take(message) is { } answer)
                await SendAsync(answer, stopping);
        }
    }
}

/// <summary>Counts messages that begin with their number.</summary>
internal sealed class Sequence
{
    public const string HowMany = "how many";

    private int count;
    private bool inOrder = true;

    /// <summary>A message of a thousand characters that begins with its number.</summary>
    public static string Message(int number) => number.ToString(CultureInfo.InvariantCulture).PadRight(1000);

    public static string Answer(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} in order");

    public string? Take(string message)
    {
        if (message == HowMany)
            return inOrder ? Answer(count) : "out of order";

        inOrder &= int.Parse(message, CultureInfo.InvariantCulture) == count;
        count++;
        return null;
    }
}

/// <summary>Sends to its client until there is no room, then waits until all of it could be sent.</summary>
[WebSocketController("/fill")]
internal sealed partial class FillController(Journal journal)
{
    private static readonly string Chunk = new('x', 32 * 1024);

    [OnMessage]
    private async Task<string> Fill(string message)
    {
        if (message != "fill")
            return message;

        var sent = 0;
        while (true)
        {
            var sending = SendAsync(Chunk).AsTask();
            sent++;
            if (!await sending.CompletesSoon() && !TrySend("never"))
            {
                journal.Note("no room");
                await sending;
                journal.Note("room again");
                return string.Create(CultureInfo.InvariantCulture, $"sent {sent}");
            }

            await sending;
        }
    }

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}
