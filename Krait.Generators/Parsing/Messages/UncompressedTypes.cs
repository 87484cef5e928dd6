namespace Krait.Generators.Parsing;

/// <summary>Finds the messages that [Uncompressed] keeps from being compressed.</summary>
internal static class UncompressedTypes
{
    /// <summary>The marked types among what a controller sends.</summary>
    /// <remarks>If generated code cannot name one of them, no message is compressed; else a secret might be.</remarks>
    public static EquatableArray<TypeRef> Of(ITypeSymbol sends, bool hasCodec, ControllerContext context)
    {
        // A codec may write any derived type.
        var types = Union.Derived(sends, context.Known);
        if (hasCodec && !sends.IsSealed)
            types = types.Concat(Candidates(context.Known).Where(type => context.Known.IsAssignable(type, sends)));

        var marked = types.Where(type => IsMarked(type, context.Known)).ToList();
        marked.ForEach(context.Mentions.Add);
        return IsMarked(sends, context.Known) || marked.Exists(type => type.IsUnnameable || !context.CanUse(type))
            ? new([sends.ToTypeRef()])
            : marked.Select(type => type.ToTypeRef()).Distinct().OrderBy(type => type.Reference, StringComparer.Ordinal)
                .ToEquatableArray();
    }

    /// <summary>The types with [Uncompressed] in other assemblies, and those of the project that have or inherit it.</summary>
    private static IEnumerable<ITypeSymbol> Candidates(KnownSymbols known)
    {
        var others = Assemblies(known)
            .SelectMany(assembly => KnownSymbols.Types(assembly.GlobalNamespace))
            .Where(type => IsMarked(type, known)).ToList();
        return others.Concat(known.Index.DerivedFrom("UncompressedAttribute", others.Select(type => type.Name)));
    }

    /// <summary>
    /// The assemblies that can use [Uncompressed], because they reference Krait, also indirectly. The framework's do not.
    /// </summary>
    public static IEnumerable<IAssemblySymbol> Assemblies(KnownSymbols known)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { known.Uncompressed?.ContainingAssembly.Name ?? "" };
        var others = known.Compilation.SourceModule.ReferencedAssemblySymbols.ToList();
        while (others.Find(assembly =>
            assembly.Modules.Any(module =>
                module.ReferencedAssemblies.Any(identity => names.Contains(identity.Name)))) is { } next)
        {
            names.Add(next.Name);
            others.Remove(next);
            yield return next;
        }
    }

    private static bool IsMarked(ITypeSymbol type, KnownSymbols known) =>
        Union.Bases(type).Any(candidate => candidate.Find(known.Uncompressed) is not null);
}
