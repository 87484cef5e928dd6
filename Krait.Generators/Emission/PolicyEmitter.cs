namespace Krait.Generators.Emission;

/// <summary>Writes what a room does with each message for a member that reads too slowly.</summary>
internal static class PolicyEmitter
{
    private const string Policy = "global::Krait.CompilerServices.MessagePolicy";

    /// <summary>A function from a message to its policy; null if no type has one.</summary>
    public static string? Emit(ControllerSpec spec)
    {
        var policies = spec.Contract.WhenSlow;
        if (policies.Count == 0)
            return null;
        if (policies is [{ Type: null } only])
            return $"static {(only.Key is null ? "_" : "message")} => {Value(only, 0, "message")}";

        var arms = policies.Select((policy, index) => policy.Type is { } type
            ? $"{type.Pattern}{(policy.Key is null ? "" : " match")} => {Value(policy, index, "match")},"
            : $"_ => {Value(policy, index, "message")},");
        var all = policies.Any(policy => policy.Type is null) ? arms : arms.Append("_ => default,");
        return ControllerEmitter.Block(string.Join("\n", all), "static message => message switch");
    }

    private static string Value(PolicySpec policy, int index, string message) => policy.Key is { } key
        ? $"{Policy}.Conflate({index.ToString(CultureInfo.InvariantCulture)}, {message}.{TypeNames.Escape(key)})"
        : $"{Policy}.Of(global::Krait.SlowReaderPolicy.{policy.Policy})";
}
