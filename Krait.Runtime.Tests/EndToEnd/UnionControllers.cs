using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Serialization;

namespace Krait.Runtime.Tests.EndToEnd;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "op")]
[JsonDerivedType(typeof(Deposit), "deposit")]
[JsonDerivedType(typeof(Gift), "gift")]
[JsonDerivedType(typeof(Withdraw), 2)]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Audit), "audit")]
internal abstract record BankCommand
{
    [CorrelationId]
    public int Id { get; init; }
}

internal record Deposit(int Amount) : BankCommand;

[MaxMessageSize(100)]
internal sealed record Gift(int Amount, string Wish) : Deposit(Amount);

internal sealed record Withdraw(int Amount) : BankCommand;

internal sealed record History(int Count) : BankCommand;

/// <summary>Declared, and handled by nobody.</summary>
internal sealed record Audit : BankCommand;

[JsonDerivedType(typeof(Balance), "balance")]
[JsonDerivedType(typeof(BankProblem), "problem")]
internal interface IBankEvent;

internal sealed record Balance(int Amount, [property: CorrelationId] int Id = 0) : IBankEvent;

internal sealed class BankProblem : IBankEvent
{
    [CorrelationId]
    public int Id { get; set; }

    public string Text { get; set; } = "";
}

[JsonSerializable(typeof(BankCommand))]
[JsonSerializable(typeof(IBankEvent))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class BankJson : JsonSerializerContext;

/// <summary>What the tests' codecs are given.</summary>
internal sealed class Separator(char value)
{
    public char Value => value;

    public int Codecs;
}

/// <summary>Commands as <c>d;1;100</c> in binary frames: kind, id, amount.</summary>
internal sealed class LineDecoder : IMessageDecoder<BankCommand>
{
    private readonly Separator separator;

    public LineDecoder(Separator separator)
    {
        this.separator = separator;
        Interlocked.Increment(ref separator.Codecs);
    }

    public BankCommand Decode(in ReceivedMessage message)
    {
        var parts = Encoding.UTF8.GetString(message.Payload).Split(separator.Value);
        return parts[0] switch
        {
            "d" => new Deposit(int.Parse(parts[2], null)) { Id = int.Parse(parts[1], null) },
            "w" => new Withdraw(int.Parse(parts[2], null)) { Id = int.Parse(parts[1], null) },
            "p" => throw new InvalidMessageException(InvalidMessageKind.Malformed, "Half a line.", partial: new Withdraw(0) { Id = int.Parse(parts[1], null) }),
            "j" => throw new System.Text.Json.JsonException("No JSON here."),
            _ => throw new NotSupportedException("A fault of the codec."),
        };
    }
}

/// <summary>Whatever is sent, as its text in binary frames.</summary>
internal sealed class TextOf<T> : IMessageEncoder<T>
    where T : notnull
{
    public WebSocketMessageType Encode(T message, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes(message switch
        {
            BankProblem problem => $"{problem.Id} {problem.Text}",
            Balance balance => $"{balance.Id} {balance.Amount}",
            _ => "",
        }, output);
        return WebSocketMessageType.Binary;
    }
}

/// <summary>One set of handlers for two languages.</summary>
[WebSocketController("/bank", Protocols = "bank.v1+json, bank.v1+line")]
[MessageCodec(typeof(LineDecoder), Protocol = "bank.v1+line")]
[MessageCodec(typeof(TextOf<>), Protocol = "bank.v1+line")]
#pragma warning disable KRAIT045 // Audit shows what becomes of a message that no handler takes.
internal sealed partial class BankController
#pragma warning restore KRAIT045
{

    private int amount;

    [OnMessage]
    private Balance Put(Deposit deposit) => new(amount += deposit.Amount);

    [OnMessage]
    private Balance Thank(Gift gift) => new(amount += gift.Amount * 2);

    [OnMessage]
    private async Task<Balance?> Take(Withdraw withdraw)
    {
        await Task.Yield();
        if (withdraw.Amount > amount)
            throw new InvalidOperationException("There is not enough.");

        return withdraw.Amount == 0 ? null : new(amount -= withdraw.Amount);
    }

    [OnMessage]
    private async IAsyncEnumerable<Balance> List(History history)
    {
        for (var i = 0; i < history.Count; i++)
        {
            await Task.Yield();
            yield return new(i);
        }
    }

    [OnError]
    private static BankProblem Refuse(InvalidOperationException error, BankCommand? command) => new() { Text = $"{command?.GetType().Name}: {error.Message}" };

    [OnError]
    private static BankProblem Refuse(InvalidMessageException error, BankCommand? command) => new() { Text = error.Kind.ToString() };
}

/// <summary>Control in text, audio in binary.</summary>
[WebSocketController("/call")]
internal sealed partial class CallController(Gate gate)
{
    private long bytes;

    [OnMessage]
    private string Control(string message) => string.Create(null, $"{message}: {bytes}");

    [OnMessage]
    private async Task<string?> Audio(ReadOnlyMemory<byte> audio)
    {
        if (audio.IsEmpty)
            throw new InvalidOperationException("Silence.");

        var first = audio.Span[0];
        await gate.Opened;
        bytes += audio.Length;
        return audio.Span.IndexOfAnyExcept(first) < 0 ? null : "overwritten";
    }

    [OnError]
    private static string Fail(Exception error, object? message) => $"{error.Message} {message?.GetType().Name}";
}
