namespace Krait.Generators.Parsing;

/// <summary>Finds the smallest piece of source that a finding is about. The generator never calls it.</summary>
internal static class Places
{
    /// <summary>The name of a symbol, where it is declared.</summary>
    public static Func<Location?> Of(ISymbol symbol) =>
        () => symbol.Locations.FirstOrDefault(location => location.IsInSource) ?? symbol.Locations.FirstOrDefault();

    /// <summary>The name of the class on the part that has the attribute.</summary>
    public static Func<Location?> Class(AttributeData attribute, ISymbol symbol) => () =>
        attribute.ApplicationSyntaxReference?.GetSyntax().FirstAncestorOrSelf<BaseTypeDeclarationSyntax>() is { } type
            ? type.Identifier.GetLocation()
            : Of(symbol)();

    public static Func<Location?> Type(IParameterSymbol parameter) =>
        In(parameter, part => (part as ParameterSyntax)?.Type?.GetLocation());
    public static Func<Location?> Returned(IMethodSymbol method) =>
        In(method, part => (part as MethodDeclarationSyntax)?.ReturnType.GetLocation());
    public static Func<Location?> TypeParameters(ISymbol symbol) =>
        In(symbol, part => part.ChildNodes().OfType<TypeParameterListSyntax>().FirstOrDefault()?.GetLocation());

    /// <summary>One of these keywords in a declaration; its name if it has none of them.</summary>
    public static Func<Location?> Word(ISymbol symbol, params SyntaxKind[] words) =>
        In(
            symbol,
            part =>
                part.ChildTokens().Where(token => words.Contains(token.Kind())).Select(token => token.GetLocation())
                    .FirstOrDefault());

    /// <summary>The keyword with which a parameter is passed by reference.</summary>
    public static Func<Location?> Reference(IParameterSymbol parameter) =>
        Word(parameter, SyntaxKind.RefKeyword, SyntaxKind.OutKeyword, SyntaxKind.InKeyword);

    /// <summary>The base class in the base list; the class if the list has another name for it.</summary>
    public static Func<Location?> Base(ControllerContext context) => In(
        context.Symbol,
        part => (part as TypeDeclarationSyntax)?.BaseList?.Types
            .FirstOrDefault(type =>
                type.Type.DescendantTokens().Any(token => token.ValueText == context.Symbol.BaseType?.Name))?.Type.GetLocation(),
        context.ClassPlace);

    /// <summary>
    /// The first use, in the source of the class, of the name that the message quotes; the class if there is none.
    /// </summary>
    public static Func<Location?> Mention(ControllerContext context, string sentence) => () =>
    {
        var names = sentence.Split('\'').Where((_, index) => index % 2 == 1).Select(quoted => quoted.Split('.', '<', '?'))
            .SelectMany(words => words).ToList();
        var tokens = context.Symbol.DeclaringSyntaxReferences
            .Where(part => part.SyntaxTree == context.Attribute.Data.ApplicationSyntaxReference?.SyntaxTree)
            .SelectMany(part => part.GetSyntax().DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .ToList();
        var mentioned = names.SelectMany(name =>
            tokens.Where(token => token.ValueText == name && token.Parent is SimpleNameSyntax or ParameterSyntax)).ToList();
        return mentioned.Count > 0 ? mentioned[0].GetLocation() : context.ClassPlace();
    };

    /// <summary>The name of the called or read member.</summary>
    public static Location Name(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => Name(call.Expression),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        MemberBindingExpressionSyntax binding => binding.Name.GetLocation(),
        _ => node.GetLocation(),
    };

    /// <summary>An attribute, or another place if the attribute is in another assembly.</summary>
    public static Func<Location?> Of(AttributeData attribute, Func<Location?>? otherwise = null) =>
        () => attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? otherwise?.Invoke();

    /// <summary>
    /// An argument of an attribute, by its name or its parameter's. The attribute if it has no such argument, or another place
    /// if the attribute is in another assembly.
    /// </summary>
    public static Func<Location?> Argument(AttributeData attribute, string name, Func<Location?>? otherwise = null) => () =>
        Find(attribute, name)?.GetLocation() ?? Of(attribute, otherwise)();

    /// <summary>A piece of a string argument.</summary>
    public static Func<Location?> Argument(AttributeData attribute, string name, string value, int start, int length) => () =>
        Find(attribute, name) is { } expression
            ? ConstantText.Place(expression, value, start, length)
            : Argument(attribute, name)();

    private static ExpressionSyntax? Find(AttributeData attribute, string name)
    {
        var arguments = (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            ?? default;
        var index = attribute.AttributeConstructor?.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Ordinal
            ?? arguments.Count;
        var argument = arguments.FirstOrDefault(argument =>
            argument.NameEquals?.Name.Identifier.ValueText == name || argument.NameColon?.Name.Identifier.ValueText == name)
            ?? arguments.Where(argument => argument is { NameEquals: null, NameColon: null }).ElementAtOrDefault(index);
        return argument?.Expression;
    }

    private static Func<Location?> In(ISymbol symbol, Func<SyntaxNode, Location?> find, Func<Location?>? otherwise = null) =>
        () =>
            symbol.DeclaringSyntaxReferences.Select(part => find(part.GetSyntax())).FirstOrDefault(place => place is not null)
                ?? (otherwise ?? Of(symbol))();
}
