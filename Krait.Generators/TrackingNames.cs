namespace Krait.Generators;

/// <summary>The names of the pipeline's steps, so that tests can hold what is cached.</summary>
internal static class TrackingNames
{
    /// <summary>The project's JsonSerializerContext classes and the types that they list.</summary>
    public const string JsonContexts = nameof(JsonContexts);

    /// <summary>The specs with their contexts chosen.</summary>
    public const string CompleteControllers = nameof(CompleteControllers);

    /// <summary>Each spec with the name of its file.</summary>
    public const string Outputs = nameof(Outputs);

    public const string Controllers = nameof(Controllers);
    public const string ClashingHints = nameof(ClashingHints);
    public const string CanMap = nameof(CanMap);
    public const string Mapping = nameof(Mapping);

    public static IReadOnlyList<string> All { get; } =
        [Controllers, JsonContexts, CompleteControllers, ClashingHints, Outputs, CanMap, Mapping];
}
