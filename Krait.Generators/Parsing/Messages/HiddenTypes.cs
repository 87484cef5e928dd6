namespace Krait.Generators.Parsing;

/// <summary>Finds the messages whose payload the log of the traffic does not show.</summary>
/// <remarks>
/// In JSON, the runtime finds the members with [Sensitive]. With a codec of the user it cannot, so types with such members are
/// hidden as a whole.
/// </remarks>
internal static class HiddenTypes
{
    /// <summary>The hidden types among those of a message.</summary>
    /// <remarks>If generated code cannot name one of them, every message is hidden; else a secret might be shown.</remarks>
    public static EquatableArray<TypeRef> Of(ControllerContext context, ITypeSymbol message, bool hasCodec)
    {
        if (context.Known.Sensitive is null || !MessageType.HasMembers(message, context.Known))
            return default;

        var types = Union.Derived(message, context.Known);
        if (hasCodec && !message.IsSealed)
            types = types.Concat(Candidates(context.Known, message));

        if (IsHidden(message, hasCodec, context.Known))
            return new([message.ToTypeRef()]);

        var hidden = types.Where(type => IsHidden(type, hasCodec, context.Known)).ToList();
        hidden.ForEach(context.Mentions.Add);
        return hidden.Exists(type => type.IsUnnameable || !context.CanUse(type))
            ? new([message.ToTypeRef()])
            : hidden.Select(type => type.ToTypeRef()).Distinct().OrderBy(type => type.Reference, StringComparer.Ordinal)
                .ToEquatableArray();
    }

    // A codec may read or write any derived type.
    private static IEnumerable<ITypeSymbol> Candidates(KnownSymbols known, ITypeSymbol message) =>
        UncompressedTypes.Assemblies(known)
            .SelectMany(assembly => KnownSymbols.Types(assembly.GlobalNamespace))
            .Concat(known.Index.DerivedFrom(message.Name))
            .Where(type => known.IsAssignable(type, message));

    private static bool IsHidden(ITypeSymbol type, bool hasCodec, KnownSymbols known) =>
        Union.Bases(type).Any(candidate =>
            candidate.Find(known.Uncompressed) is not null || candidate.Find(known.Sensitive) is not null)
        || (hasCodec
            ? HoldsSecret(type, known, new(SymbolEqualityComparer.Default))
            : type.AllInterfaces.Any(candidate => HasMark(candidate, known)));

    /// <summary>Whether the type or a type inside it has a member with [Sensitive], or is marked.</summary>
    private static bool HoldsSecret(ITypeSymbol type, KnownSymbols known, HashSet<ITypeSymbol> seen) => type switch
    {
        IArrayTypeSymbol array => MayHoldSecret(array.ElementType, known, seen),
        INamedTypeSymbol named when seen.Add(named) =>
            named.TypeArguments.Any(argument => MayHoldSecret(argument, known, seen))
            || (!IsOfTheFramework(named, known) && Union.Bases(named).Any(candidate =>
                candidate.Find(known.Sensitive) is not null
                || HasMark(candidate, known)
                || Members(candidate).Any(member => MayHoldSecret(member, known, seen)))),
        _ => false,
    };

    /// <summary>The same for what is inside a message: its value may be of a derived type.</summary>
    private static bool MayHoldSecret(ITypeSymbol type, KnownSymbols known, HashSet<ITypeSymbol> seen) =>
        HoldsSecret(type, known, seen)
        || (type is INamedTypeSymbol { IsSealed: false, TypeKind: TypeKind.Class or TypeKind.Interface }
            && !IsOfTheFramework(type, known)
            && Candidates(known, type).Any(derived => HoldsSecret(derived, known, seen)));

    private static bool HasMark(ITypeSymbol type, KnownSymbols known) =>
        !IsOfTheFramework(type, known) && type.GetMembers().Any(member => member.Find(known.Sensitive) is not null);

    private static IEnumerable<ITypeSymbol> Members(ITypeSymbol type) => type.GetMembers().Where(member => !member.IsStatic)
        .Select(member => (member as IPropertySymbol)?.Type ?? (member as IFieldSymbol)?.Type).OfType<ITypeSymbol>();

    private static bool IsOfTheFramework(ITypeSymbol type, KnownSymbols known) =>
        type.DeclaringSyntaxReferences.IsEmpty
        && (type.ContainingAssembly.Is(known.String.ContainingAssembly)
            || (type.ContainingAssembly?.Name.StartsWith("System", StringComparison.Ordinal) ?? true));
}
