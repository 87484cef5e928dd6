namespace Krait.Generators.Parsing;

/// <summary>What kind of class can be a controller.</summary>
internal static class ClassRules
{
    /// <summary>Reports what is wrong with the class, and describes it.</summary>
    public static TypeSpec Check(ControllerContext context)
    {
        var symbol = context.Symbol;
        var nest = symbol.Nest().ToList();
        var version = context.Known.Compilation.LanguageVersion;
        if (version < LanguageVersion.CSharp14)
            context.Findings.Add(Rules.LanguageTooOld, context.ClassPlace, context.Name, version.ToDisplayString());
        if (Unfit(symbol, nest) is { } unfit)
            context.Findings.Add(Rules.UnfitClass, context.ClassPlace, context.Name, unfit);

        var (isPartial, isAccessible) = (true, true);
        foreach (var type in nest)
        {
            isPartial &= CheckPartial(context, type);
            isAccessible &= CheckAccessible(context, type);
        }

        // Another part repeats the whole name, so none of it can be missing yet; nothing sees a private class of a namespace, its own list of interfaces included; before C# 10 what is generated is not even C#.
        var canExtend = isPartial && IsSeen(nest[nest.Count - 1]) && !nest.Exists(type => type.IsFileLocal || type.Name.Length == 0 || type.TypeParameters.Any(parameter => parameter.Name.Length == 0))
            && symbol is { TypeKind: TypeKind.Class, IsStatic: false } && version >= LanguageVersion.CSharp10;
        return new(
            Namespace: symbol.ContainingNamespace.IsGlobalNamespace ? "" : symbol.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted)),
            Outer: nest.Skip(1).Select(Header).ToEquatableArray(),
            Header: Header(symbol),
            FullName: symbol.ToReference(),
            DisplayName: DisplayName(symbol, nest),
            CanExtend: canExtend,
            CanImplement: version >= LanguageVersion.CSharp11,
            CanMap: canExtend && isAccessible && !nest.Exists(IsGeneric) && !symbol.IsAbstract,
            IsLowerCase: symbol.Name.All(character => character is >= 'a' and <= 'z'),
            Experiments: Enumerable.Reverse(nest).SelectMany(Experiments).ToEquatableArray(),
            HasField: nest.SelectMany(type => type.Line()).Any(type => type.GetMembers("field").Length > 0) || ControllerContext.PrimaryParameters(symbol).Any(parameter => parameter.Name == "field"));
    }

    private static string? Unfit(INamedTypeSymbol symbol, List<INamedTypeSymbol> nest) =>
        symbol.IsRefLikeType ? "a ref struct"
        : symbol.TypeKind == TypeKind.Struct ? symbol.IsRecord ? "a record struct" : "a struct"
        : symbol.IsRecord ? "a record"
        : symbol.IsStatic ? "static"
        : symbol.IsAbstract ? "abstract"
        : IsGeneric(symbol) ? "generic"
        : nest.Exists(IsGeneric) ? "nested in a generic type"
        : nest.Exists(type => type.IsFileLocal) ? "local to its file"
        : null;

    private static bool CheckPartial(ControllerContext context, INamedTypeSymbol type)
    {
        var whole = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(context.CancellationToken) as TypeDeclarationSyntax).FirstOrDefault(part => part?.Modifiers.Any(SyntaxKind.PartialKeyword) is false);
        if (whole is not null)
            context.Findings.Add(Rules.NotPartial, () => whole.Identifier.GetLocation(), type.Name, context.Name);

        return whole is null;
    }

    private static bool CheckAccessible(ControllerContext context, INamedTypeSymbol type)
    {
        if (!IsSeen(type))
            context.Findings.Add(Rules.Inaccessible, Places.Of(type), type.Name, context.Name);

        return IsSeen(type);
    }

    private static bool IsSeen(INamedTypeSymbol type) => type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static bool IsGeneric(INamedTypeSymbol type) => type.TypeParameters.Length > 0;

    private static IEnumerable<string> Experiments(INamedTypeSymbol type) =>
        from attribute in type.GetAttributes()
        where attribute.AttributeClass is { Name: "ExperimentalAttribute" }
        let id = attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }] ? text : ""
        where SyntaxFacts.IsValidIdentifier(id)
        select id;

    /// <summary>The header that another part of the type has.</summary>
    private static string Header(INamedTypeSymbol type)
    {
        var kind = type is { IsRecord: true, TypeKind: TypeKind.Class } ? "record" : (type.IsRecord ? "record " : "") + type.TypeKind.ToString().ToLowerInvariant();
        var parameters = IsGeneric(type) ? $"<{string.Join(", ", type.TypeParameters.Select(parameter => TypeNames.Escape(parameter.Name)))}>" : "";
        return $"partial {kind} {TypeNames.Escape(type.Name)}{parameters}";
    }

    /// <summary>A name that is unique in the project, made of names and dots; the number of type parameters tells generic types apart.</summary>
    private static string DisplayName(INamedTypeSymbol symbol, List<INamedTypeSymbol> nest)
    {
        var name = string.Join(".", Enumerable.Reverse(nest).Select(type => type.MetadataName));
        for (var space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            name = space.Name + "." + name;

        return name;
    }
}
