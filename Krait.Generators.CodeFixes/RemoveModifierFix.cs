using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.CodeFixes;

/// <summary>
/// Makes a controller an ordinary class if only one word must change: <c>abstract</c>, <c>static</c>, <c>file</c>,
/// <c>record</c> or <c>struct</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveModifierFix))]
[Shared]
public sealed class RemoveModifierFix() : TextFix(DiagnosticIds.UnfitClass, "Make '{0}' an ordinary class", Named.Class)
{
    private protected override bool ReachesFar => true;

    private protected override IEnumerable<Edit> Mend(Finding finding)
    {
        if (finding.TypeSymbol is not { } symbol || symbol.IsRefLikeType || symbol.TypeParameters.Length > 0)
            return [];

        return
            from reference in symbol.DeclaringSyntaxReferences
            let part = reference.GetSyntax(finding.CancellationToken) as TypeDeclarationSyntax
            where part is not null
            let document = finding.DocumentOf(part)
            where document is not null
            from edit in Mend(document, part, symbol)
            select edit;
    }

    private static IEnumerable<Edit> Mend(Document document, TypeDeclarationSyntax part, INamedTypeSymbol symbol)
    {
        if (part is RecordDeclarationSyntax { ParameterList: null, BaseList: null } record
            && record.ClassOrStructKeyword.RawKind is 0 or (int)SyntaxKind.ClassKeyword)
        {
            var words = record.ClassOrStructKeyword.RawKind == 0
                ? record.Keyword.Span
                : new(record.Keyword.SpanStart, record.ClassOrStructKeyword.Span.End - record.Keyword.SpanStart);
            return [Edit.Replace(document, words, "class")];
        }

        if (part is StructDeclarationSyntax && !part.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            return [Edit.Replace(document, part.Keyword.Span, "class")];
        if (part is not ClassDeclarationSyntax || symbol.GetMembers().Any(member => member.IsAbstract))
            return [];

        return part.Modifiers.Where(modifier =>
            modifier.Kind() is SyntaxKind.AbstractKeyword or SyntaxKind.StaticKeyword or SyntaxKind.FileKeyword)
            .Select(modifier => Modifiers.Remove(document, modifier));
    }
}
