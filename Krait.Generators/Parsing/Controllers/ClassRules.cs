namespace Krait.Generators.Parsing;

/// <summary>What kind of class can be a controller.</summary>
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

        // Another part repeats the whole name, so none of it can be missing yet. Nothing sees a private class of a namespace, its
        // own list of interfaces included.
        // Before C# 10 what is generated is not even C#.
        var canExtend = isPartial && IsSeen(nest[nest.Count - 1])
            && !nest.Exists(type =>
                type.IsFileLocal || type.Name.Length == 0 || type.TypeParameters.Any(parameter => parameter.Name.Length == 0))
            && symbol is { TypeKind: TypeKind.Class, IsStatic: false } && version >= LanguageVersion.CSharp10;
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

    private static (string? Unfit, string Cure, Func<Location?> Place) Unfit(
        ControllerContext context, List<INamedTypeSymbol> nest)
    {
        var symbol = context.Symbol;
        var kind = symbol.IsRefLikeType ? "a ref struct" : symbol.IsRecord ? "a record struct" : "a struct";
        return symbol.TypeKind == TypeKind.Struct ? (kind, "make it a class", Places.Word(symbol, SyntaxKind.StructKeyword))
            : symbol.IsRecord ? ("a record", "make it a class", Places.Word(symbol, SyntaxKind.RecordKeyword))
            : symbol.IsStatic ? ("static", "remove 'static'", Places.Word(symbol, SyntaxKind.StaticKeyword))
            : symbol.IsAbstract
                ? ("abstract", "remove 'abstract', or put the attribute on a derived class", Places.Word(
                    symbol, SyntaxKind.AbstractKeyword))
            : IsGeneric(symbol)
                ? ("generic", "put the attribute on a derived class without type parameters", Places.TypeParameters(symbol))
            : nest.Exists(IsGeneric) ? ("nested in a generic type", "move it out of that type", context.ClassPlace)
            : nest.FindLast(type => type.IsFileLocal) is { } local
                ? ("local to its file", "remove 'file'", Places.Word(local, SyntaxKind.FileKeyword))
            : default;
    }

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

    /// <summary>The header that another part of the type has.</summary>
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
    /// A name that is unique in the project, made of names and dots; the number of type parameters tells generic types apart.
    /// </summary>
    private static string DisplayName(INamedTypeSymbol symbol, List<INamedTypeSymbol> nest)
    {
        var name = string.Join(".", Enumerable.Reverse(nest).Select(type => type.MetadataName));
        for (var space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name = space.Name + "." + name;

        return name;
    }
}
