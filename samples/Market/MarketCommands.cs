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
    /// <summary>The id for the answer. The client chooses it, or leaves it out.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>Starts the quotes of a stock. The reply is <see cref="Subscribed"/>.</summary>
[MaxMessageSize(128)]
public sealed record Subscribe(string Symbol) : MarketCommand;

/// <summary>Stops the quotes of a stock. The reply is <see cref="Unsubscribed"/>.</summary>
[MaxMessageSize(128)]
public sealed record Unsubscribe(string Symbol) : MarketCommand;

/// <summary>Asks for the latest prices of a stock. The reply is <see cref="History"/>.</summary>
/// <param name="Symbol">The stock.</param>
/// <param name="Points">How many of the latest prices, at most.</param>
[MaxMessageSize(256)]
public sealed record GetHistory(string Symbol, int Points) : MarketCommand;

/// <summary>
/// Starts a flood of 6,000 quotes a second, until this connection ends. The reply is <see cref="Flooded"/>, twice a second.
/// </summary>
[MaxMessageSize(64)]
public sealed record Flood : MarketCommand;
