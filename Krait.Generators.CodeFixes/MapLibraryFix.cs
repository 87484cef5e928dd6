using System.Composition;
using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <summary>Maps each public controller of a library before the application runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MapLibraryFix))]
[Shared]
public sealed class MapLibraryFix() : TextFix(DiagnosticIds.UnmappedLibrary, "Map the controllers of '{0}'", Library)
{
    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        var library = finding.Model.Compilation.SourceModule.ReferencedAssemblySymbols
            .FirstOrDefault(assembly => assembly.Name == Library(finding));
        return library is null
            ? []
            : MapControllersFix.Insert(
                finding,
                UnmappedLibraries.Controllers(KnownSymbols.Types(library.GlobalNamespace), finding.Known).Select(controller =>
                    $"MapWebSocketController<{finding.Reference(controller)}>()"));
    }

    private static string Library(Finding finding) => finding.Diagnostic.Properties[UnmappedLibraries.Library] ?? "";
}
