namespace Krait.Generators.Specs;

/// <summary>What <c>MapWebSocketControllers</c> maps.</summary>
/// <param name="Controllers">The controllers, as references, in ordinal order.</param>
/// <param name="Warnings">The ids of the warnings that their names raise.</param>
/// <param name="IsForbidden">Whether only what is obsolete may name some of them.</param>
/// <param name="Refusal">Why one of the project's controllers has nothing to be mapped by; null if all can be mapped or refuse by
/// themselves.</param>
internal sealed record MappingSpec(
    EquatableArray<string> Controllers, EquatableArray<string> Warnings, bool IsForbidden, string? Refusal)
{
    public static MappingSpec Of(IEnumerable<ControllerSpec> controllers)
    {
        var ordered = controllers.OrderBy(controller => controller.Type.FullName, StringComparer.Ordinal)
            .ToLookup(controller => controller.Type is { CanMap: true, CanImplement: true });
        var warnings = ordered[true].SelectMany(controller => controller.Type.Warnings).Distinct()
            .OrderBy(id => id, StringComparer.Ordinal);
        var refusal = ordered[false].FirstOrDefault()?.Refusal ?? Ambiguity(ordered.SelectMany(group => group));
        var isForbidden = ordered[true].Any(controller => controller.Type.IsForbidden);
        return new(
            ordered[true].Select(controller => controller.Type.FullName).ToEquatableArray(),
            warnings.ToEquatableArray(),
            isForbidden,
            refusal);
    }

    /// <summary>
    /// Two controllers with one pattern are mapped one by one, into groups that tell them apart, or not at all.
    /// </summary>
    private static string? Ambiguity(IEnumerable<ControllerSpec> controllers)
    {
        var findings = new Findings();
        foreach (var same in controllers.Where(controller => controller.Contract.RouteKey.Length > 0)
            .GroupBy(controller => controller.Contract.RouteKey).Where(same => same.Skip(1).Any()))
            findings.Add(
                Rules.SamePattern,
                static () => null,
                same.First().Type.DisplayName,
                same.ElementAt(1).Type.DisplayName,
                same.First().Contract.Pattern);

        return findings.Refusal;
    }
}
