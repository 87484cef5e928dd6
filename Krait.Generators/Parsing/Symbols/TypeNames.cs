namespace Krait.Generators.Parsing;

/// <summary>How types are written.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat Reference =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
            SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat Key = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Pattern = Reference.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    private static readonly SymbolDisplayFormat Display = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static readonly SymbolDisplayFormat Qualified = Reference.WithGlobalNamespaceStyle(
        SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Whether both are the same symbol; false if one is null.</summary>
    public static bool Is(this ISymbol? symbol, ISymbol? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(symbol, other);

    extension(INamedTypeSymbol type)
    {
        /// <summary>The type and those around it, itself first.</summary>
        public IEnumerable<INamedTypeSymbol> Nest() => Chain(type, static inner => inner.ContainingType);
    }

    extension(ITypeSymbol type)
    {
        /// <summary>The type as generated code refers to it: qualified, nullable inside but not itself.</summary>
        public string ToReference() => ExternAliases.Display(type.WithNullableAnnotation(NullableAnnotation.None), Reference);

        /// <summary>
        /// The type without any nullable annotation and without names in tuples, so that equal types have equal keys.
        /// </summary>
        public string ToKey() => ExternAliases.Display(type, Key);

        /// <summary>The type as a pattern refers to it: a tuple in parentheses would be a pattern for its elements.</summary>
        public string ToPattern() => ExternAliases.Display(type.WithNullableAnnotation(NullableAnnotation.None), Pattern);

        /// <summary>All names of the type.</summary>
        public TypeRef ToTypeRef()
        {
            // Most types have no tuple and nothing nullable inside, and so one name for all purposes.
            var reference = type.ToReference();
            var hasTuple = reference.IndexOf('(') >= 0;
            return new(
                reference,
                hasTuple ? type.ToPattern() : reference,
                hasTuple || reference.IndexOf('?') >= 0 ? type.ToKey() : reference,
                type.ToSentence());
        }

        public string ToSentence() => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Display);

        /// <summary>The type in a message that names another one too: with its namespace if both have the same name.</summary>
        public string ToSentence(ITypeSymbol other) =>
            type.ToSentence() != other.ToSentence() || type.Is(other) ? type.ToSentence()
                : type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Qualified);

        /// <summary>The type without <c>?</c>, for value types and reference types.</summary>
        public ITypeSymbol WithoutNull() =>
            type.IsNullableValue
                ? ((INamedTypeSymbol)type).TypeArguments[0]
                : type.WithNullableAnnotation(NullableAnnotation.None);

        /// <summary>The type and its base classes, itself first.</summary>
        public IEnumerable<ITypeSymbol> Line() => Chain(type, static derived => derived.BaseType);

        /// <summary>
        /// Whether the type is a construction of that generic type. Returns its type argument with its annotation.
        /// </summary>
        public bool IsConstructed(INamedTypeSymbol? known, out ITypeSymbol argument)
        {
            var isConstructed = type is INamedTypeSymbol { TypeArguments.Length: 1 } && type.OriginalDefinition.Is(known);
            argument = isConstructed ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
            return isConstructed;
        }

        public bool IsNullableValue => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

        /// <summary>Whether it is annotated to allow null; false in code without nullable annotations.</summary>
        public bool AllowsNull => type.IsNullableValue || type.NullableAnnotation == NullableAnnotation.Annotated;

        /// <summary>Whether some part of the type does not exist, or cannot be named in another file.</summary>
        public bool IsUnnameable => type switch
        {
            IArrayTypeSymbol array => array.ElementType.IsUnnameable,
            INamedTypeSymbol named =>
                named.TypeKind == TypeKind.Error || named.IsUnboundGenericType || named.IsAnonymousType || named.IsFileLocal
                    || (named.ContainingType?.IsUnnameable ?? false)
                    || named.TypeArguments.Any(argument => argument.IsUnnameable),
            IDynamicTypeSymbol => false,
            _ => true,
        };

        /// <summary>
        /// Whether C# forbids the type as a type argument: a ref struct, a static class, void and its like, or an interface with
        /// a static member that nothing implements.
        /// </summary>
        public bool IsNoArgument =>
            type.IsRefLikeType || type.IsStatic || type.HasOpenStatic
                || type.SpecialType is SpecialType.System_Void or SpecialType.System_TypedReference
                    or SpecialType.System_ArgIterator or SpecialType.System_RuntimeArgumentHandle;

        /// <summary>Whether it is an interface with a static member that neither it nor a base implements.</summary>
        public bool HasOpenStatic => type.TypeKind == TypeKind.Interface
            && type.AllInterfaces.Prepend(type).SelectMany(declaring => declaring.GetMembers())
                .Any(member => member is { IsStatic: true, IsAbstract: true }
                    && type.FindImplementationForInterfaceMember(member) is null or { IsAbstract: true });

        /// <summary>Whether some part of the type does not exist.</summary>
        public bool IsMissing => type.Pieces().Any(piece => piece.TypeKind == TypeKind.Error);

        /// <summary>Every named type that the type is made of, itself and the types around it included.</summary>
        public IEnumerable<INamedTypeSymbol> Pieces() => type switch
        {
            IArrayTypeSymbol array => array.ElementType.Pieces(),
            IPointerTypeSymbol pointer => pointer.PointedAtType.Pieces(),
            INamedTypeSymbol { IsUnboundGenericType: true } named => named.Nest(),
            INamedTypeSymbol named =>
                named.Nest().SelectMany(part => part.TypeArguments.SelectMany(argument => argument.Pieces()).Prepend(part)),
            _ => [],
        };
    }

    public static string ToLiteral(this string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A name as an identifier, escaped if it is a keyword or a contextual keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>
    /// Public, internal or private: the least accessible part of the type. A protected type counts as private
    /// unless it is also internal.
    /// </summary>
    public static Accessibility EffectiveAccessibility(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => EffectiveAccessibility(array.ElementType),
        INamedTypeSymbol => type.Pieces().Min(Seen),
        _ => Accessibility.Public,
    };

    private static IEnumerable<T> Chain<T>(T first, Func<T, T?> next)
        where T : class
    {
        for (var link = first; link is not null; link = next(link))
            yield return link;
    }

    private static Accessibility Seen(INamedTypeSymbol type) => type.DeclaredAccessibility switch
    {
        Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal => Accessibility.Private,
        Accessibility.Internal or Accessibility.ProtectedOrInternal => Accessibility.Internal,
        _ => Accessibility.Public,
    };
}
