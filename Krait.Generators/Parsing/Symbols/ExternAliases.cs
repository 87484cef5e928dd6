using System.Runtime.CompilerServices;

namespace Krait.Generators.Parsing;

/// <summary>Finds the assemblies that a project references only by an alias: <c>global::</c> cannot name their types.</summary>
internal static class ExternAliases
{
    private static readonly ConditionalWeakTable<IAssemblySymbol, string> Aliases = new();

    private static volatile bool hasAny;

    /// <summary>Reads the aliases of a compilation.</summary>
    public static void Read(CSharpCompilation compilation)
    {
        foreach (var reference in compilation.References)
        {
            if (reference.Properties.Aliases is [] || reference.Properties.Aliases.Contains("global")
                || compilation.GetAssemblyOrModuleSymbol(reference) is not IAssemblySymbol assembly)
                continue;

            Aliases.GetValue(assembly, _ => reference.Properties.Aliases[0]);
            hasAny = true;
        }
    }

    /// <summary>The alias that a type needs; null if it needs none.</summary>
    public static string? Of(ITypeSymbol type) =>
        hasAny && type.ContainingAssembly is { } assembly && Aliases.TryGetValue(assembly, out var alias) ? alias : null;

    /// <summary>Writes a type, and everything in it, by its alias where it has one.</summary>
    public static string Display(ITypeSymbol type, SymbolDisplayFormat format)
    {
        if (!hasAny || type.Pieces().All(piece => Of(piece) is null))
            return type.ToDisplayString(format);

        var parts = type.ToDisplayParts(format);
        var text = new StringBuilder();
        for (var index = 0; index < parts.Length; index++)
        {
            var alias = parts[index].ToString() != "global" ? null
                : parts.Skip(index).Select(part => part.Symbol).OfType<INamedTypeSymbol>().Select(Of).FirstOrDefault();
            text.Append(alias ?? parts[index].ToString());
        }

        return text.ToString();
    }
}
