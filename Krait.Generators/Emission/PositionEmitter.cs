namespace Krait.Generators.Emission;

/// <summary>Writes how a message gets its position in a room.</summary>
internal static class PositionEmitter
{
    private const string Header = "static (message, position) =>";

    /// <summary>A function that returns a message with its position; null if no type has a property for it.</summary>
    public static string? Emit(EquatableArray<PositionSpec> positions)
    {
        if (positions.Count == 0)
            return null;
        if (positions is [{ Type: null, IsAssigned: false } only])
            return $"{Header} {With(only, "message")}";
        if (positions is [{ Type: null } assigned])
            return ControllerEmitter.Block(Statements(assigned, "message"), Header);

        var cases = positions.Select(position => position.Type is { } type
            ? Case($"case {type.Pattern} match:", Statements(position, "match"))
            : Case("default:", Statements(position, "message")));
        var all = positions.Any(position => position.Type is null) ? cases : cases.Append(Case("default:", "return message;"));
        return ControllerEmitter.Block(ControllerEmitter.Block(string.Join("\n", all), "switch (message)"), Header);
    }

    private static string Statements(PositionSpec position, string message) => position.IsAssigned
        ? $"{message}.{TypeNames.Escape(position.Property)} = position;\nreturn {message};"
        : $"return {With(position, message)};";

    private static string With(PositionSpec position, string message) =>
        $"{message} with {{ {TypeNames.Escape(position.Property)} = position }}";

    private static string Case(string label, string statements) => Template.Of($"""
        {label}
            {statements}
        """);
}
