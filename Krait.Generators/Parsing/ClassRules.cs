using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Parsing;

/// <summary>What kind of class can be a controller.</summary>
internal static class ClassRules
{
    /// <summary>Reports what is wrong with the class, and describes it.</summary>
    public static TypeSpec Check(ControllerContext context)
    {
        var symbol = context.Symbol;
        CheckLanguage(context);
        CheckKind(context);
        var isPartial = HasName(symbol);
        var isAccessible = true;
        var isNameable = true; // nothing sees a private class of a namespace, its own list of interfaces included
        for (var type = symbol; type is not null; type = type.ContainingType)
        {
            isPartial &= CheckPartial(context, type);
            var isSeen = CheckAccessible(context, type);
            isAccessible &= isSeen;
            isNameable &= isSeen || type.ContainingType is not null;
        }

        // Before C# 10 what is generated is not even C#.
        var version = context.Known.Compilation.LanguageVersion;
        var canExtend = isPartial && isNameable && !IsFileLocal(symbol) && symbol is { TypeKind: TypeKind.Class, IsStatic: false, Name.Length: > 0 } && version >= LanguageVersion.CSharp10;
        return new()
        {
            Namespace = symbol.ContainingNamespace.IsGlobalNamespace ? "" : NamespaceName(symbol.ContainingNamespace),
            Outer = OuterTypes(symbol).Select(Header).ToEquatableArray(),
            Header = Header(symbol),
            FullName = symbol.ToReference(),
            DisplayName = DisplayName(symbol),
            CanExtend = canExtend,
            CanImplement = version >= LanguageVersion.CSharp11,
            CanMap = canExtend && isAccessible && !IsGeneric(symbol) && !symbol.IsAbstract,
            IsLowerCase = symbol.Name.All(character => character is >= 'a' and <= 'z'),
            Experiments = OuterTypes(symbol).Append(symbol).SelectMany(Experiments).ToEquatableArray(),
            HasField = HasField(symbol),
        };
    }

    private static void CheckLanguage(ControllerContext context)
    {
        var version = context.Known.Compilation.LanguageVersion;
        if (version < LanguageVersion.CSharp14)
            context.Findings.Add(Rules.LanguageTooOld, context.ClassPlace, context.Name, version.ToDisplayString());
    }

    private static void CheckKind(ControllerContext context)
    {
        var symbol = context.Symbol;
        const string remove = "remove the modifier";
        var (unfit, cure, place) =
            symbol.TypeKind == TypeKind.Struct ? (symbol.IsRefLikeType ? "a ref struct" : symbol.IsRecord ? "a record struct" : "a struct", "make it a class", Places.Word(symbol, SyntaxKind.StructKeyword))
            : symbol.IsRecord ? ("a record", "make it a class", Places.Word(symbol, SyntaxKind.RecordKeyword))
            : symbol.IsStatic ? ("static", remove, Places.Word(symbol, SyntaxKind.StaticKeyword))
            : symbol.IsAbstract ? ("abstract", remove + ", or put the attribute on a class that derives from it", Places.Word(symbol, SyntaxKind.AbstractKeyword))
            : symbol.TypeParameters.Length > 0 ? ("generic", "put the attribute on a class without type parameters that derives from it", Places.TypeParameters(symbol))
            : IsGeneric(symbol) ? ("nested in a generic type", "move it out of there", context.ClassPlace)
            : IsFileLocal(symbol) ? ("local to its file", remove, Places.Word(OuterTypes(symbol).FirstOrDefault(type => type.IsFileLocal) ?? symbol, SyntaxKind.FileKeyword))
            : default;
        if (unfit is not null)
            context.Findings.Add(Rules.UnfitClass, place, context.Name, unfit, cure);
    }

    private static bool CheckPartial(ControllerContext context, INamedTypeSymbol type)
    {
        var lacking = type.DeclaringSyntaxReferences.Select(part => part.GetSyntax(context.CancellationToken)).OfType<TypeDeclarationSyntax>()
            .Where(part => !part.Modifiers.Any(SyntaxKind.PartialKeyword)).ToList();
        foreach (var part in lacking)
            context.Findings.Add(Rules.NotPartial, part.Identifier.GetLocation, type.Name, context.Name);

        return lacking.Count == 0;
    }

    private static bool CheckAccessible(ControllerContext context, INamedTypeSymbol type)
    {
        if (type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            return true;

        context.Findings.Add(Rules.Inaccessible, Places.Word(type, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword), type.Name, context.Name);
        return false;
    }

    private static Stack<INamedTypeSymbol> OuterTypes(INamedTypeSymbol symbol)
    {
        var types = new Stack<INamedTypeSymbol>();
        for (var type = symbol.ContainingType; type is not null; type = type.ContainingType)
            types.Push(type);

        return types;
    }

    private static bool IsGeneric(INamedTypeSymbol symbol) => symbol.TypeParameters.Length > 0 || OuterTypes(symbol).Any(type => type.TypeParameters.Length > 0);

    /// <summary>Whether nothing of its name is still to be typed; another part would have to repeat it.</summary>
    private static bool HasName(INamedTypeSymbol symbol) =>
        OuterTypes(symbol).Append(symbol).All(type => type.Name.Length > 0 && type.TypeParameters.All(parameter => parameter.Name.Length > 0));

    private static bool IsFileLocal(INamedTypeSymbol symbol) => symbol.IsFileLocal || OuterTypes(symbol).Any(type => type.IsFileLocal);

    private static IEnumerable<string> Experiments(INamedTypeSymbol type) =>
        from attribute in type.GetAttributes()
        where attribute.AttributeClass is { Name: "ExperimentalAttribute" }
        let id = attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }] ? text : ""
        where SyntaxFacts.IsValidIdentifier(id)
        select id;

    private static bool HasField(INamedTypeSymbol symbol)
    {
        for (var outer = symbol; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Line().Any(type => type.GetMembers("field").Length > 0))
                return true;
        }

        return symbol.InstanceConstructors.Any(constructor => ControllerContext.IsPrimary(constructor) && constructor.Parameters.Any(parameter => parameter.Name == "field"));
    }

    /// <summary>The header that another part of the type has.</summary>
    private static string Header(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
            { IsRecord: true } => "record",
            { TypeKind: TypeKind.Struct } => "struct",
            { TypeKind: TypeKind.Interface } => "interface",
            _ => "class",
        };
        var parameters = type.TypeParameters.Length == 0 ? "" : $"<{string.Join(", ", type.TypeParameters.Select(parameter => TypeNames.Escape(parameter.Name)))}>";
        return $"partial {kind} {TypeNames.Escape(type.Name)}{parameters}";
    }

    private static string NamespaceName(INamespaceSymbol symbol) =>
        symbol.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));

    /// <summary>A name that is unique in the project, made of names and dots; the number of type parameters tells generic types apart.</summary>
    private static string DisplayName(INamedTypeSymbol symbol)
    {
        var names = OuterTypes(symbol).Append(symbol).Select(type => type.MetadataName).ToList();
        for (var space = symbol.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            names.Insert(0, space.Name);

        return string.Join(".", names);
    }
}
