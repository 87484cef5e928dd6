namespace Krait.Generators.Specs;

/// <summary>What <c>MapWebSocketControllers</c> maps.</summary>
/// <param name="Controllers">The controllers, as references, in ordinal order.</param>
/// <param name="Experiments">The ids of the experiments that some of them are.</param>
/// <param name="Refusal">Why one of the project's controllers has nothing to be mapped by; null if all can be mapped or refuse by themselves.</param>
internal sealed record MappingSpec(EquatableArray<string> Controllers, EquatableArray<string> Experiments, string? Refusal)
{
    public static MappingSpec Of(IEnumerable<ControllerSpec> controllers)
    {
        var ordered = controllers.OrderBy(controller => controller.Type.FullName, StringComparer.Ordinal).ToList();
        return new(
            ordered.Where(CanMap).Select(controller => controller.Type.FullName).ToEquatableArray(),
            ordered.Where(CanMap).SelectMany(controller => controller.Type.Experiments).Distinct().OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray(),
            ordered.Find(controller => !CanMap(controller))?.Refusal);
    }

    private static bool CanMap(ControllerSpec controller) => controller.Type is { CanMap: true, CanImplement: true };
}
