namespace Krait.Generators.CodeFixes;

/// <summary>Sets properties where an attribute is written.</summary>
internal static class Arguments
{
    /// <summary>Sets a property of a controller's attribute; nothing where nobody can edit it.</summary>
    public static IEnumerable<Edit> Set(Finding finding, Controller controller, string name, string value)
    {
        if (controller.AttributeSyntax is not { } attribute || finding.DocumentOf(attribute) is not { } document)
            return [];
        if (attribute.ArgumentList is not { Arguments: var arguments } list)
            return [Edit.Insert(document, attribute.Name.Span.End, $"({name} = {value})")];
        if (arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name) is { } given)
            return [Edit.Replace(document, given.Expression.Span, value)];

        return [Edit.Insert(
            document,
            arguments.Count > 0 ? arguments.Last().Span.End : list.OpenParenToken.Span.End,
            $"{(arguments.Count > 0 ? ", " : "")}{name} = {value}")];
    }
}
