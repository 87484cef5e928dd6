using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Krait.Generators.CodeFixes;

/// <summary>Sets and removes arguments of attributes.</summary>
internal static class Arguments
{
    /// <summary>Sets a property of a controller's attribute; no edits if the attribute cannot be edited.</summary>
    public static IEnumerable<Edit> Set(Finding finding, Controller controller, string name, string value) =>
        controller.AttributeSyntax is { } attribute && finding.DocumentOf(attribute) is { } document
            ? Set(document, attribute, (name, value))
            : [];

    /// <summary>Sets properties of an attribute; those that it does not set yet come after its arguments.</summary>
    public static IEnumerable<Edit> Set(
        Document document, AttributeSyntax attribute, params (string Name, string Value)[] properties)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var missing = new List<string>();
        foreach (var (name, value) in properties)
        {
            if (Named(attribute, name) is { } given)
                yield return Edit.Replace(document, given.Expression.Span, value);
            else
                missing.Add($"{name} = {value}");
        }

        var text = string.Join(", ", missing);
        if (missing.Count > 0)
        {
            yield return attribute.ArgumentList is not { } list ? Edit.Insert(document, attribute.Name.Span.End, $"({text})")
                : arguments.Count == 0 ? Edit.Insert(document, list.OpenParenToken.Span.End, text)
                : Edit.Insert(document, arguments.Last().Span.End, ", " + text);
        }
    }

    /// <summary>Removes a property with its comma; the parentheses too if it is the only argument.</summary>
    public static Edit? Remove(Document document, AttributeSyntax attribute, string name)
    {
        if (attribute.ArgumentList is not { Arguments: var arguments } list || Named(attribute, name) is not { } argument)
            return null;

        var index = arguments.IndexOf(argument);
        var span = arguments.Count == 1 ? list.Span
            : index == 0 ? TextSpan.FromBounds(argument.SpanStart, arguments[1].SpanStart)
            : TextSpan.FromBounds(arguments[index - 1].Span.End, argument.Span.End);
        return Edit.Replace(document, span, "");
    }

    private static AttributeArgumentSyntax? Named(AttributeSyntax attribute, string name) =>
        attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);
}
