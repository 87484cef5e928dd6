using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using Krait.CompilerServices;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>A message of the tests of rooms, sent as its text.</summary>
internal abstract record Shout(string Text)
{
    /// <summary>What generated code would make of [WhenSlow].</summary>
    public static MessagePolicy WhenSlow(Shout message) => message switch
    {
        Tick => MessagePolicy.Of(SlowReaderPolicy.DropOldest),
        News => MessagePolicy.Of(SlowReaderPolicy.DropNewest),
        Quote quote => MessagePolicy.Conflate(0, quote.Symbol),
        _ => MessagePolicy.Of(SlowReaderPolicy.Close),
    };
}

/// <summary>May not be lost.</summary>
internal sealed record Note(string Text) : Shout(Text);

internal sealed record Tick(string Text) : Shout(Text);

internal sealed record News(string Text) : Shout(Text);

internal sealed record Quote(string Symbol, int Price) : Shout($"{Symbol}={Price}");

/// <summary>Carries its position.</summary>
internal sealed record Placed(string Text, string? At = null) : Shout(At is null ? Text : $"{Text}@{At}");

/// <summary>Reads what <see cref="ShoutEncoder"/> wrote.</summary>
internal sealed class ShoutDecoder : IMessageDecoder<Shout>
{
    public Shout Decode(in ReceivedMessage message) =>
        System.Text.Encoding.UTF8.GetString(message.Payload) is var text && text.StartsWith("placed", StringComparison.Ordinal)
            ? new Placed(text)
            : text.Split('=') is [var symbol, var price] ? new Quote(symbol, int.Parse(price, System.Globalization.CultureInfo.InvariantCulture))
            : new Note(text);
}

internal sealed class ShoutEncoder(string prefix = "") : IMessageEncoder<Shout>
{
    private int _encoded;

    public int Encoded => Volatile.Read(ref _encoded);

    public Action? Encoding { get; init; }

    /// <summary>The text of a message that cannot be encoded.</summary>
    public string? Rejects { get; init; }

    public WebSocketMessageType Encode(Shout message, IBufferWriter<byte> output)
    {
        Interlocked.Increment(ref _encoded);
        Encoding?.Invoke();
        if (message.Text.Split('@')[0] == Rejects)
            throw new InvalidOperationException("The encoder does not know this message.");

        System.Text.Encoding.UTF8.GetBytes(prefix + message.Text, output);
        return WebSocketMessageType.Text;
    }
}
