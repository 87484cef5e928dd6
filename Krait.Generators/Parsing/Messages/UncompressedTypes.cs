namespace Krait.Generators.Parsing;

/// <summary>Finds the messages that [Uncompressed] keeps from being compressed.</summary>
internal static class UncompressedTypes
{
    /// <summary>References to the marked types among what a controller sends.</summary>
    /// <remarks>Where one of them cannot be named, all messages are uncompressed: a secret is not given away for that.</remarks>
    public static EquatableArray<string> Of(ITypeSymbol sends, bool hasCodec, ControllerContext context)
    {
        // What a codec writes may be of any type that derives from it.
        var types = Union.Derived(sends, context.Known);
        if (hasCodec && !sends.IsSealed)
            types = types.Concat(Assemblies(context.Known).SelectMany(assembly => KnownSymbols.Types(assembly.GlobalNamespace)).Where(type => context.Known.IsAssignable(type, sends)));

        var marked = types.Where(type => IsMarked(type, context.Known)).ToList();
        marked.ForEach(context.Mentions.Add);
        return IsMarked(sends, context.Known) || marked.Exists(type => type.IsUnnameable || !context.CanUse(type))
            ? new([sends.ToReference()])
            : marked.Select(type => type.ToReference()).Distinct().OrderBy(type => type, StringComparer.Ordinal).ToEquatableArray();
    }

    /// <summary>The project, and what it refers to that can know the mark: by itself, or by way of another one. All of the framework cannot.</summary>
    private static IEnumerable<IAssemblySymbol> Assemblies(KnownSymbols known)
    {
        yield return known.Compilation.Assembly;
        var names = new HashSet<string>(StringComparer.Ordinal) { known.Uncompressed?.ContainingAssembly.Name ?? "" };
        var others = known.Compilation.SourceModule.ReferencedAssemblySymbols.ToList();
        while (others.Find(assembly => assembly.Modules.Any(module => module.ReferencedAssemblies.Any(identity => names.Contains(identity.Name)))) is { } next)
        {
            names.Add(next.Name);
            others.Remove(next);
            yield return next;
        }
    }

    private static bool IsMarked(ITypeSymbol type, KnownSymbols known) => Union.Bases(type).Any(candidate => candidate.Find(known.Uncompressed) is not null);
}
