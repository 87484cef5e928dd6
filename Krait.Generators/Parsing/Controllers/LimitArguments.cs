namespace Krait.Generators.Parsing;

/// <summary>Checks the arguments of attributes that set limits.</summary>
internal static class LimitArguments
{
    /// <summary>Refuses a constant that the generator cannot see, which must not count as unset.</summary>
    public static void CheckSeen(ControllerContext context, AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments.Where(argument => argument.Value.Kind == TypedConstantKind.Error))
            context.RefuseUnseen($"the value of '{argument.Key}'");
        if (attribute.ConstructorArguments.Any(argument => argument.Kind == TypedConstantKind.Error))
            context.RefuseUnseen($"the value of [{AttributeText.Name(attribute)}]");
    }
}
