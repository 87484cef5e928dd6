namespace Krait.Controllers;

/// <summary>Marks an endpoint as that of a controller.</summary>
/// <param name="Controller">The controller.</param>
internal sealed record ControllerMetadata(Type Controller);
