namespace Krait.Generators.Emission;

/// <summary>Writes how the parent of a message's span is read.</summary>
internal static class TraceParentEmitter
{
    private const string Header = "static message =>";

    /// <summary>A function from a message to the text of its property; null if no type has one.</summary>
    public static string? Emit(EquatableArray<PropertySpec> properties)
    {
        if (properties.Count == 0)
            return null;
        if (properties is [{ Type: null } only])
            return $"{Header} {Read("message", only)}";

        var arms = properties.Select(property => property.Type is { } type
            ? $"{type.Pattern} match => {Read("match", property)},"
            : $"_ => {Read("message", property)},");
        var all = properties.Any(property => property.Type is null) ? arms : arms.Append("_ => null,");
        return ControllerEmitter.Block(string.Join("\n", all), $"{Header} message switch");
    }

    private static string Read(string message, PropertySpec property) => $"{message}.{TypeNames.Escape(property.Name)}";
}
