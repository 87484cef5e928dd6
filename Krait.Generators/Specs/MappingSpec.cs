namespace Krait.Generators.Specs;

/// <summary>What <c>MapWebSocketControllers</c> maps.</summary>
/// <param name="Controllers">The controllers, as references, in ordinal order.</param>
/// <param name="Refusal">Why one of the project's controllers has nothing to be mapped by; null if all can be mapped or refuse by themselves.</param>
internal sealed record MappingSpec(EquatableArray<string> Controllers, string? Refusal)
{
    public static MappingSpec Of(IEnumerable<ControllerSpec> controllers)
    {
        var ordered = controllers.OrderBy(controller => controller.Type.FullName, StringComparer.Ordinal).ToList();
        return new(
            ordered.Where(controller => controller.Type is { CanMap: true, CanImplement: true }).Select(controller => controller.Type.FullName).ToEquatableArray(),
            ordered.Find(controller => controller.Type is not { CanMap: true, CanImplement: true })?.Refusal);
    }
}
