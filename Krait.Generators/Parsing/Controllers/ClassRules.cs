namespace Krait.Generators.Parsing;

/// <summary>Checks whether a class can be a controller.</summary>
internal static class ClassRules
{
    private static readonly SymbolDisplayFormat Qualified = SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(
        SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Reports what is wrong with the class, and describes it.</summary>
    public static TypeSpec Check(ControllerContext context)
    {
        var symbol = context.Symbol;
        var nest = symbol.Nest().ToList();
        var version = context.Known.Compilation.LanguageVersion;
        if (version < LanguageVersion.CSharp14)
            context.Findings.Add(Rules.LanguageTooOld, context.ClassPlace, context.Name, version.ToDisplayString());
        if (Unfit(context, nest) is ({ } unfit, var cure, var place))
            context.Findings.Add(Rules.UnfitClass, place, context.Name, unfit, cure);

        var (isPartial, isAccessible) = (true, true);
        foreach (var type in nest)
        {
            isPartial &= CheckPartial(context, type);
            isAccessible &= CheckAccessible(context, type);
        }

        var canExtend = isPartial && CanExtend(symbol, nest) && version >= LanguageVersion.CSharp10;
        return new(
            Namespace: symbol.ContainingNamespace.IsGlobalNamespace ? "" : symbol.ContainingNamespace.ToDisplayString(Qualified),
            Outer: nest.Skip(1).Select(Header).ToEquatableArray(),
            Header: Header(symbol),
            FullName: symbol.ToReference(),
            DisplayName: DisplayName(symbol, nest),
            CanExtend: canExtend,
            CanImplement: version >= LanguageVersion.CSharp11,
            CanMap: canExtend && isAccessible && !nest.Exists(IsGeneric) && !symbol.IsAbstract,
            IsForbidden: nest.Exists(Mentions.IsForbiddenType),
            Warnings: Mentions.IdsOf(symbol));
    }

    /// <summary>Whether another part of the class can be generated, which must repeat its full name.</summary>
    /// <remarks>A private class in a namespace cannot be named anywhere, not even in its own list of interfaces.</remarks>
    private static bool CanExtend(INamedTypeSymbol symbol, List<INamedTypeSymbol> nest) =>
        symbol is { TypeKind: TypeKind.Class, IsStatic: false }
        && IsSeen(nest[nest.Count - 1])
        && !nest.Exists(type =>
            type.IsFileLocal || type.Name.Length == 0 || type.TypeParameters.Any(parameter => parameter.Name.Length == 0));

    private static (string? Unfit, string Cure, Func<Location?> Place) Unfit(
        ControllerContext context, List<INamedTypeSymbol> nest)
    {
        var symbol = context.Symbol;
        if (symbol.TypeKind == TypeKind.Struct)
            return (StructKind(symbol), "make it a class", Places.Word(symbol, SyntaxKind.StructKeyword));
        if (symbol.IsRecord)
            return ("a record", "make it a class", Places.Word(symbol, SyntaxKind.RecordKeyword));
        if (symbol.IsStatic)
            return ("static", "remove 'static'", Places.Word(symbol, SyntaxKind.StaticKeyword));
        if (symbol.IsAbstract)
        {
            const string cure = "remove 'abstract', or put the attribute on a derived class";
            return ("abstract", cure, Places.Word(symbol, SyntaxKind.AbstractKeyword));
        }

        if (IsGeneric(symbol))
            return ("generic", "put the attribute on a derived class without type parameters", Places.TypeParameters(symbol));
        if (nest.Exists(IsGeneric))
            return ("nested in a generic type", "move it out of that type", context.ClassPlace);
        if (nest.FindLast(type => type.IsFileLocal) is { } local)
            return ("local to its file", "remove 'file'", Places.Word(local, SyntaxKind.FileKeyword));

        return default;
    }

    private static string StructKind(INamedTypeSymbol symbol) =>
        symbol.IsRefLikeType ? "a ref struct" : symbol.IsRecord ? "a record struct" : "a struct";

    private static bool CheckPartial(ControllerContext context, INamedTypeSymbol type)
    {
        var lacking = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(context.CancellationToken))
            .OfType<TypeDeclarationSyntax>()
            .Where(part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)).ToList();
        foreach (var part in lacking)
            context.Findings.Add(Rules.NotPartial, part.Identifier.GetLocation, type.Name, context.Name);

        return lacking.Count == 0;
    }

    private static bool CheckAccessible(ControllerContext context, INamedTypeSymbol type)
    {
        if (!IsSeen(type))
            context.Findings.Add(
                Rules.Inaccessible,
                Places.Word(type, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword),
                type.Name,
                Word(type.DeclaredAccessibility));

        return IsSeen(type);
    }

    private static bool IsSeen(INamedTypeSymbol type) =>
        type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static string Word(Accessibility accessibility) => accessibility == Accessibility.Private ? "private" : "protected";

    private static bool IsGeneric(INamedTypeSymbol type) => type.TypeParameters.Length > 0;

    /// <summary>The header for another part of the type.</summary>
    private static string Header(INamedTypeSymbol type)
    {
        var kind = type is { IsRecord: true, TypeKind: TypeKind.Class }
            ? "record"
            : (type.IsRecord ? "record " : "") + type.TypeKind.ToString().ToLowerInvariant();
        var parameters = IsGeneric(type)
            ? $"<{string.Join(", ", type.TypeParameters.Select(parameter => TypeNames.Escape(parameter.Name)))}>"
            : "";
        return $"partial {kind} {TypeNames.Escape(type.Name)}{parameters}";
    }

    /// <summary>
    /// A name that is unique in the project, made of names and dots, and of the number of type parameters for generic types.
    /// </summary>
    private static string DisplayName(INamedTypeSymbol symbol, List<INamedTypeSymbol> nest)
    {
        var name = string.Join(".", Enumerable.Reverse(nest).Select(type => type.MetadataName));
        for (var space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name = space.Name + "." + name;

        return name;
    }
}
