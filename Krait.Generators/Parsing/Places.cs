namespace Krait.Generators.Parsing;

/// <summary>Finds the smallest piece of source that a finding is about. Never called by the generator.</summary>
internal static class Places
{
    /// <summary>The name of a symbol, where it is declared.</summary>
    public static Func<Location?> Of(ISymbol symbol) => () => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? symbol.Locations.FirstOrDefault();

    /// <summary>The name of the class on the part that has the attribute.</summary>
    public static Func<Location?> Class(AttributeData attribute, ISymbol symbol) => () =>
        attribute.ApplicationSyntaxReference?.GetSyntax().FirstAncestorOrSelf<BaseTypeDeclarationSyntax>()?.Identifier.GetLocation() ?? Of(symbol)();

    /// <summary>The type of a parameter.</summary>
    public static Func<Location?> Type(IParameterSymbol parameter) => () =>
        Syntax<ParameterSyntax>(parameter)?.Type?.GetLocation() ?? Of(parameter)();

    /// <summary>The return type of a method.</summary>
    public static Func<Location?> Returned(IMethodSymbol method) => () =>
        Syntax<MethodDeclarationSyntax>(method)?.ReturnType.GetLocation() ?? Of(method)();

    /// <summary>The name of what is called or read.</summary>
    public static Location Name(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => Name(call.Expression),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        _ => node.GetLocation(),
    };

    /// <summary>An attribute, or another place where it stands in another assembly.</summary>
    public static Func<Location?> Of(AttributeData attribute, Func<Location?>? otherwise = null) => () => attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? otherwise?.Invoke();

    /// <summary>An argument of an attribute by its name; the first positional one has the name of its parameter.</summary>
    public static Func<Location?> Argument(AttributeData attribute, string name) => () =>
        (Find(attribute, name) as SyntaxNode ?? attribute.ApplicationSyntaxReference?.GetSyntax())?.GetLocation();

    /// <summary>A piece of a string argument.</summary>
    public static Func<Location?> Argument(AttributeData attribute, string name, string value, int start, int length) => () =>
        Find(attribute, name) is { } expression ? ConstantText.Place(expression, value, start, length) : Argument(attribute, name)();

    private static ExpressionSyntax? Find(AttributeData attribute, string name)
    {
        var arguments = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments ?? default;
        var argument = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name || argument.NameColon?.Name.Identifier.ValueText == name)
            ?? (name is ControllerAttribute.PatternName or "codec" ? arguments.FirstOrDefault(argument => argument.NameEquals is null) : null);
        return argument?.Expression;
    }

    private static TSyntax? Syntax<TSyntax>(ISymbol symbol)
        where TSyntax : SyntaxNode =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as TSyntax;
}
