namespace Krait.Generators;

/// <summary>The names of the pipeline's steps, so that tests can hold what is cached.</summary>
internal static class TrackingNames
{
    /// <summary>One spec for each annotated class.</summary>
    public const string Controllers = nameof(Controllers);

    /// <summary>The project's JsonSerializerContext classes and the types that they list.</summary>
    public const string JsonContexts = nameof(JsonContexts);

    /// <summary>The specs with their contexts chosen.</summary>
    public const string CompleteControllers = nameof(CompleteControllers);

    /// <summary>The file names that only their case tells apart.</summary>
    public const string ClashingHints = nameof(ClashingHints);

    /// <summary>Each spec with the name of its file.</summary>
    public const string Outputs = nameof(Outputs);

    /// <summary>Whether the project can map controllers at all.</summary>
    public const string CanMap = nameof(CanMap);

    /// <summary>What <c>MapWebSocketControllers</c> maps.</summary>
    public const string Mapping = nameof(Mapping);

    /// <summary>Every name above.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Controllers, JsonContexts, CompleteControllers, ClashingHints, Outputs, CanMap, Mapping];
}
