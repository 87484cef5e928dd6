namespace Krait.Generators.CodeFixes;

/// <summary>Names for the titles of fixes.</summary>
internal static class Named
{
    /// <summary>The class that is underlined, or that contains the location.</summary>
    public static string Class(Finding finding) => finding.Type?.Identifier.ValueText ?? Text(finding);

    /// <summary>The method that is underlined, or that contains the location.</summary>
    public static string Method(Finding finding) => finding.Method?.Identifier.ValueText ?? Text(finding);

    /// <summary>The context that reads the messages of the controller at the location.</summary>
    public static string JsonContext(Finding finding) => JsonContexts.Reading(finding)?.Name ?? Text(finding);

    /// <summary>What is underlined.</summary>
    public static string Text(Finding finding) => finding.Root.GetText().ToString(finding.Diagnostic.Location.SourceSpan);
}
