namespace Krait.Generators.Specs;

/// <summary>The controllers that <c>MapWebSocketControllers</c> maps.</summary>
/// <param name="Controllers">The controllers, as references, in ordinal order.</param>
/// <param name="Warnings">The ids of the warnings that their names cause.</param>
/// <param name="IsForbidden">Whether one is obsolete as an error, so that only obsolete code may name it.</param>
/// <param name="Refusal">Why it throws: it cannot name a controller, or two have the same pattern; null if it can map all, or
/// if their own descriptors throw.</param>
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
    /// The message about two controllers with the same pattern; null if there are none. The application can map such
    /// controllers only one by one, in different route groups.
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
