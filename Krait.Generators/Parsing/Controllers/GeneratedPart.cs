namespace Krait.Generators.Parsing;

/// <summary>Reads the generated part of a controller, for which the generator did not see the output of others.</summary>
internal sealed class GeneratedPart(PropertyDeclarationSyntax descriptor)
{
    /// <summary>Finds the generated part of a class; null before the generator has run.</summary>
    public static GeneratedPart? Of(INamedTypeSymbol symbol)
    {
        var descriptor = symbol.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(property =>
            property.ExplicitInterfaceImplementations is [{ Name: "Descriptor" }] && GeneratedMembers.IsGenerated(property));
        return descriptor?.DeclaringSyntaxReferences[0].GetSyntax() is PropertyDeclarationSyntax syntax ? new(syntax) : null;
    }

    /// <summary>Why the generator refused the controller; null if it did not.</summary>
    private string? Refusal => descriptor.ExpressionBody?.Expression is ThrowExpressionSyntax
    {
        Expression: InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax literal }] },
    } ? literal.Token.ValueText : null;

    /// <summary>Reports a controller that only the generator refuses: another generator writes a type that it needs.</summary>
    public void CheckRefusal(ControllerContext context)
    {
        if (context.Findings.Refusal is not null || Refusal is not { } sentence)
            return;

        var start = Unseen(context.Name, "");
        var reason = sentence.StartsWith(start, StringComparison.Ordinal) ? sentence.Substring(start.Length)
            : $"the Krait generator cannot see the output of other source generators, and says: {sentence}";
        context.Findings.Add(Rules.Unseen, Places.Mention(context, reason), context.Name, reason);
    }

    /// <summary>
    /// Reports handlers and a constructor that another generator writes: the generated part does not call them.
    /// </summary>
    public void CheckCalls(ControllerContext context, IEnumerable<IMethodSymbol> handlers)
    {
        if (Refusal is not null)
            return;

        foreach (var handler in handlers.Where(handler => IsWritten(handler) && !Calls(handler.Name)))
            Report($"the handler '{handler.Name}'");
        if (ConstructorParser.Choose(context.Symbol) is { } constructor
            && IsWritten(constructor)
            && !Creates(context.Name, constructor.Parameters.Length))
            Report("the constructor");

        void Report(string member) => context.Findings.Add(
            Rules.Unseen,
            context.ClassPlace,
            context.Name,
            $"the Krait generator cannot see {member}, which another source generator writes; write it yourself");
    }

    private bool Calls(string method) => descriptor.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(call => call.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.ValueText == method);

    /// <summary>Whether it creates the class with that many arguments.</summary>
    private bool Creates(string type, int arguments) => descriptor.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        .Any(creation => creation.ArgumentList?.Arguments.Count == arguments
            && creation.Type.DescendantTokens().Last().ValueText == type);

    /// <summary>Whether a member is only in files whose names say that a tool wrote them.</summary>
    /// <remarks>
    /// Other files may be newer than the generated part: editors run analyzers while you type, but generators less often.
    /// </remarks>
    private static bool IsWritten(ISymbol member) => !member.DeclaringSyntaxReferences.IsEmpty
        && member.DeclaringSyntaxReferences.All(part =>
            part.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.OrdinalIgnoreCase)
                || part.SyntaxTree.FilePath.EndsWith(".generated.cs", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an attribute, written as an expression, is on the endpoint; a refused controller has none.</summary>
    public bool HasMetadata(string expression) => Refusal is not null || descriptor
        .DescendantNodes().OfType<AssignmentExpressionSyntax>()
        .Where(property => property.Left is IdentifierNameSyntax { Identifier.ValueText: "Metadata" })
        .SelectMany(property => (property.Right as CollectionExpressionSyntax)?.Elements ?? default)
        .Any(element => Dense(element.ToString()) == Dense(expression));

    /// <summary>The message about a type that the generator cannot see.</summary>
    public static string Unseen(string controller, string reason)
    {
        var format = Rules.Unseen.MessageFormat.ToString(CultureInfo.InvariantCulture);
        return string.Format(CultureInfo.InvariantCulture, format, controller, reason);
    }

    /// <summary>Removes line breaks and indentation, which do not matter in the comparison.</summary>
    private static string Dense(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
