using System.Text.Json.Serialization;
using Krait;
using PolyType;

namespace Market;

/// <summary>From the client. Each case has one name, in JSON and in MessagePack.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Subscribe), "subscribe")]
[JsonDerivedType(typeof(Unsubscribe), "unsubscribe")]
[JsonDerivedType(typeof(GetHistory), "getHistory")]
[JsonDerivedType(typeof(Flood), "flood")]
[GenerateShape]
[DerivedTypeShape(typeof(Subscribe), Name = "subscribe")]
[DerivedTypeShape(typeof(Unsubscribe), Name = "unsubscribe")]
[DerivedTypeShape(typeof(GetHistory), Name = "getHistory")]
[DerivedTypeShape(typeof(Flood), Name = "flood")]
public abstract partial record MarketCommand
{
    /// <summary>Tells the answers apart: the client's choice, and none where it does not care.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>Send the quotes of this stock from now on. Answered by <see cref="Subscribed"/>.</summary>
[MaxMessageSize(128)]
public sealed record Subscribe(string Symbol) : MarketCommand;

/// <summary>Send them no more. Answered by <see cref="Unsubscribed"/>.</summary>
[MaxMessageSize(128)]
public sealed record Unsubscribe(string Symbol) : MarketCommand;

/// <summary>What did this stock cost lately? Answered by <see cref="History"/>.</summary>
/// <param name="Symbol">The stock.</param>
/// <param name="Points">How many of the latest prices, at most.</param>
[MaxMessageSize(256)]
public sealed record GetHistory(string Symbol, int Points) : MarketCommand;

/// <summary>Send 6,000 quotes a second until this connection ends. Answered by <see cref="Flooded"/> twice a second.</summary>
[MaxMessageSize(64)]
public sealed record Flood : MarketCommand;
