using System.Text.Json.Serialization;
using Krait;
using PolyType;

namespace Market;

/// <summary>To the client. Prices are cents: whole numbers are exact in every format.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(Listing), "listing")]
[JsonDerivedType(typeof(Subscribed), "subscribed")]
[JsonDerivedType(typeof(Unsubscribed), "unsubscribed")]
[JsonDerivedType(typeof(Quote), "quote")]
[JsonDerivedType(typeof(History), "history")]
[JsonDerivedType(typeof(Flooded), "flooded")]
[JsonDerivedType(typeof(Problem), "problem")]
[GenerateShape]
[DerivedTypeShape(typeof(Listing), Name = "listing")]
[DerivedTypeShape(typeof(Subscribed), Name = "subscribed")]
[DerivedTypeShape(typeof(Unsubscribed), Name = "unsubscribed")]
[DerivedTypeShape(typeof(Quote), Name = "quote")]
[DerivedTypeShape(typeof(History), Name = "history")]
[DerivedTypeShape(typeof(Flooded), Name = "flooded")]
[DerivedTypeShape(typeof(Problem), Name = "problem")]
public abstract partial record MarketEvent;

/// <summary>The first event of every connection: the stocks of the exchange.</summary>
public sealed record Listing(IReadOnlyList<ListedStock> Stocks) : MarketEvent;

/// <summary>A stock of the listing.</summary>
public sealed record ListedStock(string Symbol, string Name, long Opening, long Price);

/// <summary>The stock was traded. A client that reads slowly gets only the latest quote of each stock.</summary>
[WhenSlow(SlowReaderPolicy.Conflate, Key = nameof(Symbol))]
public sealed record Quote(string Symbol, long Price, DateTime At) : MarketEvent;

/// <summary>The answer to a command.</summary>
public abstract record MarketReply : MarketEvent
{
    /// <summary>The id of the command, which Krait copies.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>The server sends the quotes of this stock from now on. The latest one came before this answer.</summary>
public sealed record Subscribed(string Symbol) : MarketReply;

/// <summary>No quotes of this stock follow.</summary>
public sealed record Unsubscribed(string Symbol) : MarketReply;

/// <summary>The latest prices, oldest first.</summary>
public sealed record History(string Symbol, IReadOnlyList<PricePoint> Points) : MarketReply;

/// <summary>How many quotes of a flood were conflated so far: newer ones replaced them while they waited.</summary>
public sealed record Flooded(long Conflated) : MarketReply;

/// <summary>A price in the past.</summary>
public sealed record PricePoint(long Price, DateTime At);

/// <summary>The server did not carry out the command. The text says why.</summary>
public sealed record Problem(string Text) : MarketReply;
