using System.Composition;
using Krait.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.CodeFixes;

/// <inheritdoc/>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeControllerAttributeVisibleFix))]
[Shared]
public sealed class MakeControllerAttributeVisibleFix() : MakeAttributeVisibleFix(DiagnosticIds.LostAttribute);
