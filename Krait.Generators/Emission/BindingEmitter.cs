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
            ParameterSource.Route => Value($"bind.Route({parameter.Key})", parameter),
            ParameterSource.Query => Value($"bind.Query({parameter.Key})", parameter),
            ParameterSource.Header => Value($"bind.Header({parameter.Key})", parameter),
            ParameterSource.Room => $"bind.Room<{parameter.Type}>({parameter.Key})",
            ParameterSource.Service =>
                parameter.IsOptional ? $"bind.ServiceOrNull<{parameter.Type}>()" : $"bind.Service<{parameter.Type}>()",
            ParameterSource.KeyedService =>
                parameter.IsOptional
                    ? $"bind.KeyedServiceOrNull<{parameter.Type}>({parameter.Key})"
                    : $"bind.KeyedService<{parameter.Type}>({parameter.Key})",
            ParameterSource.HttpContext => "bind.HttpContext",
            ParameterSource.UpgradeRequest => "bind.Request",
            ParameterSource.User => "bind.User",
            _ => "bind.RequestAborted",
        };
        return parameter is { IsOptional: true, Default: null, ForgivesNull: true } ? value + "!" : value;
    }

    private static string Value(string source, ParameterSpec parameter)
    {
        var (type, otherwise) = (parameter.Type, parameter.Default);
        if (parameter.IsList || parameter.Form == ValueForm.Values)
            return (parameter is { IsOptional: true, Default: null } ? source + ".IfPresent?" : source) + Several(parameter);

        return source + parameter.Form switch
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
