using Krait.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>A diagnostic, and the code at its location.</summary>
internal sealed record Finding(
    Document Document, Diagnostic Diagnostic, SyntaxNode Root, SemanticModel Model, CancellationToken CancellationToken)
{
    /// <summary>The innermost syntax that the diagnostic underlines.</summary>
    public SyntaxNode Node { get; } = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    public KnownSymbols Known => KnownSymbols.Of(Model.Compilation);

    /// <summary>The method that is underlined, or that contains the location.</summary>
    public MethodDeclarationSyntax? Method => Node.FirstAncestorOrSelf<MethodDeclarationSyntax>();

    /// <summary>The class that is underlined, or that contains the location.</summary>
    public TypeDeclarationSyntax? Type => Node.FirstAncestorOrSelf<TypeDeclarationSyntax>();

    /// <summary>The symbol of <see cref="Type"/>.</summary>
    public INamedTypeSymbol? TypeSymbol => Type is { } type ? Model.GetDeclaredSymbol(type, CancellationToken) : null;

    /// <summary>The controller that is underlined, or that contains the location; null if it is not a controller.</summary>
    public Controller? Controller => TypeSymbol is { } symbol ? Controller.Of(symbol, this) : null;

    /// <summary>The document of a syntax tree; null if it cannot be edited.</summary>
    public Document? DocumentOf(SyntaxNode node) =>
        Document.Project.GetDocument(node.SyntaxTree) is { } document and not SourceGeneratedDocument ? document : null;

    /// <summary>The type as it is written at a position.</summary>
    public string Reference(ITypeSymbol type, int? position = null) =>
        type.ToMinimalDisplayString(Model, position ?? Diagnostic.Location.SourceSpan.Start);

    /// <summary>A type of the framework as it is written at the diagnostic.</summary>
    public string Reference(string metadataName, int? position = null) =>
        Model.Compilation.GetTypeByMetadataName(metadataName) is { } type ? Reference(type, position) : metadataName;

    /// <summary>An attribute as it is written at a position.</summary>
    public string Attribute(string metadataName, int? position = null)
    {
        const string suffix = "Attribute";
        var name = Reference(metadataName, position);
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }

    /// <summary>Reads the code at a diagnostic; null if it cannot be edited.</summary>
    public static async Task<Finding?> ReadAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (document is SourceGeneratedDocument)
            return null;

        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null || !root.FullSpan.Contains(diagnostic.Location.SourceSpan)
            ? null
            : new(document, diagnostic, root, model, cancellationToken);
    }
}
