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

    /// <summary>A word before the name of what is declared; the name where it has none of them.</summary>
    public static Func<Location?> Word(ISymbol symbol, params SyntaxKind[] words) => () =>
        symbol.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().ChildTokens()).Where(token => words.Contains(token.Kind())).Select(token => token.GetLocation()).FirstOrDefault()
        ?? Of(symbol)();

    /// <summary>The word that passes a parameter by reference.</summary>
    public static Func<Location?> Reference(IParameterSymbol parameter) => Word(parameter, SyntaxKind.RefKeyword, SyntaxKind.OutKeyword, SyntaxKind.InKeyword);

    /// <summary>The type parameters of a symbol.</summary>
    public static Func<Location?> TypeParameters(ISymbol symbol) => () =>
        symbol.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().ChildNodes()).OfType<TypeParameterListSyntax>().FirstOrDefault()?.GetLocation() ?? Of(symbol)();

    /// <summary>The base class in the list that names it; another place where it goes by another name there.</summary>
    public static Func<Location?> Base(INamedTypeSymbol symbol, Func<Location?> otherwise) => () =>
        symbol.DeclaringSyntaxReferences.SelectMany(part => (part.GetSyntax() as TypeDeclarationSyntax)?.BaseList?.Types ?? [])
            .FirstOrDefault(type => type.Type.DescendantTokens().Any(token => token.ValueText == symbol.BaseType?.Name))?.Type.GetLocation() ?? otherwise();

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

    /// <summary>An argument of an attribute by its name, or its parameter's; the attribute where it has none, or another place where that stands in another assembly.</summary>
    public static Func<Location?> Argument(AttributeData attribute, string name, Func<Location?>? otherwise = null) => () =>
        Find(attribute, name)?.GetLocation() ?? Of(attribute, otherwise)();

    /// <summary>A piece of a string argument.</summary>
    public static Func<Location?> Argument(AttributeData attribute, string name, string value, int start, int length) => () =>
        Find(attribute, name) is { } expression ? ConstantText.Place(expression, value, start, length) : Argument(attribute, name)();

    private static ExpressionSyntax? Find(AttributeData attribute, string name)
    {
        var arguments = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments ?? default;
        var index = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Ordinal ?? arguments.Count;
        var argument = arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name || argument.NameColon?.Name.Identifier.ValueText == name)
            ?? arguments.Where(argument => argument is { NameEquals: null, NameColon: null }).ElementAtOrDefault(index);
        return argument?.Expression;
    }

    private static TSyntax? Syntax<TSyntax>(ISymbol symbol)
        where TSyntax : SyntaxNode =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as TSyntax;
}
