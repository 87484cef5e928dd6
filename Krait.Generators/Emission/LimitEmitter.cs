namespace Krait.Generators.Emission;

/// <summary>Writes how many connections and messages a client may have.</summary>
internal static class LimitEmitter
{
    public static string? Connections(ContractSpec contract) => contract.MaxConnections.Count == 0 ? null : List(
        contract.MaxConnections.Select(limit => $"new({Digits(limit.Connections)}, global::Krait.Partition.{limit.Per})"));

    public static string? Rates(ContractSpec contract) => contract.RateLimits.Count == 0 ? null : List(
        from rate in contract.RateLimits
        let type = rate.Type is { } type ? $"typeof({type.Reference})" : "null"
        let numbers = $"{Digits(rate.Messages)}, {Digits(rate.PerSeconds)}, {Digits(rate.Burst)}"
        select $"new({type}, {numbers}, global::Krait.WhenOver.{rate.WhenOver}, global::Krait.RateLimitPer.{rate.Per})");

    private static string List(IEnumerable<string> entries) => Template.Of($"""
        [
            {entries.Select(entry => entry + ",")}
        ]
        """);

    private static string Digits(int value) => value.ToString(CultureInfo.InvariantCulture);
}
