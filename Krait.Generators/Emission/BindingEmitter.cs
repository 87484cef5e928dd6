namespace Krait.Generators.Emission;

/// <summary>Writes how a parameter gets its value from the request.</summary>
internal static class BindingEmitter
{
    /// <summary>Whether the value comes from the request, before the upgrade.</summary>
    public static bool IsBound(ParameterSource source) => source <= ParameterSource.RequestAborted;

    public static string Expression(ParameterSpec parameter)
    {
        var value = parameter.Source switch
        {
            ParameterSource.Route => Value($"bind.Route({parameter.Key.ToLiteral()})", parameter),
            ParameterSource.Query => Value($"bind.Query({parameter.Key.ToLiteral()})", parameter),
            ParameterSource.Header => Value($"bind.Header({parameter.Key.ToLiteral()})", parameter),
            ParameterSource.Resumption =>
                $"bind.Resume({parameter.Key.ToLiteral()}{(parameter.ReplaysAll ? ", replayAll: true" : "")})",
            ParameterSource.Room => $"bind.Room<{RoomTypes(parameter)}>({RoomName(parameter.Key)})",
            ParameterSource.Service =>
                parameter.IsOptional ? $"bind.ServiceOrNull<{parameter.Type}>()" : $"bind.Service<{parameter.Type}>()",
            ParameterSource.KeyedService =>
                $"bind.KeyedService{(parameter.IsOptional ? "OrNull" : "")}<{parameter.Type}>({ServiceKey(parameter)})",
            ParameterSource.HttpContext => "bind.HttpContext",
            ParameterSource.UpgradeRequest => "bind.Request",
            ParameterSource.User => "bind.User",
            _ => "bind.RequestAborted",
        };
        return parameter is { IsOptional: true, Default: null, ForgivesNull: true } ? value + "!" : value;
    }

    /// <summary>The key of a keyed service as an expression; empty for others.</summary>
    public static string ServiceKey(ParameterSpec parameter) =>
        parameter.ServiceKey is { } key ? ConstantEmitter.Expression(key) : "";

    private static string RoomTypes(ParameterSpec parameter) =>
        parameter.Member is { } member ? $"{parameter.Type}, {member}" : parameter.Type;

    private static string RoomName(string template) => string.Join(
        " + ",
        RoomTemplate.Parse(template, out _).Parts
            .Select(part => part.IsValue ? $"bind.RoomPart({part.Text.ToLiteral()})" : part.Text.ToLiteral()));

    private static string Value(string source, ParameterSpec parameter)
    {
        var type = parameter.Type;
        var otherwise = parameter.Default is { } value ? ConstantEmitter.Expression(value) : null;
        if (parameter.IsList || parameter.Form == ValueForm.Values)
            return (parameter is { IsOptional: true, Default: null } ? source + ".IfPresent?" : source) + Several(parameter);

        // Without the cast, an overload that takes the type without '?' would be called.
        return (otherwise, parameter.Form) switch
        {
            (not null, ValueForm.ParsedNullable) => $"({type}?)({source}{Single(parameter, otherwise)})",
            (not null, ValueForm.EnumNullable) => $"({type}?){source}{Single(parameter, otherwise)}",
            _ => source + Single(parameter, otherwise),
        };
    }

    private static string Single(ParameterSpec parameter, string? otherwise)
    {
        var type = parameter.Type;
        return parameter.Form switch
        {
            ValueForm.Text => !parameter.IsOptional ? ".Text()" : otherwise is null ? ".TextOrNull()" : $".Text({otherwise})",
            ValueForm.ParsedNullable =>
                otherwise is null ? $".ParseNullable<{type}>()" : $".ParseNullable<{type}>() ?? {otherwise}",
            ValueForm.EnumNullable => otherwise is null ? $".IfPresent?.Enum<{type}>()" : $".Enum<{type}>({otherwise})",
            ValueForm.Enum => $".Enum<{type}>({otherwise})",
            _ =>
                !parameter.IsOptional ? $".Parse<{type}>()"
                    : otherwise is null ? $".ParseOrNull<{type}>()"
                    : $".Parse<{type}>({otherwise})",
        };
    }

    private static string Several(ParameterSpec parameter) => parameter.Form switch
    {
        ValueForm.Values => ".Values()",
        ValueForm.Text => ".Texts()",
        ValueForm.Enum => $".Enums<{parameter.Type}>()",
        _ => $".ParseAll<{parameter.Type}>()",
    };
}
