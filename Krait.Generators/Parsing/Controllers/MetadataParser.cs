namespace Krait.Generators.Parsing;

/// <summary>Writes the attributes of a class, and those that it inherits, as expressions that construct them.</summary>
/// <remarks>Attributes of base classes come first, because ASP.NET Core uses the last metadata of a type.</remarks>
internal static class MetadataParser
{
    private static readonly string[] OfTheCompiler =
        ["System.CodeDom.Compiler", "System.Runtime.CompilerServices", "System.Diagnostics", "System.Diagnostics.CodeAnalysis"];

    public static EquatableArray<string> Parse(ControllerContext context)
    {
        var generated = context.Known.HasGeneratedCode ? GeneratedPart.Of(context.Symbol) : null;
        var written = new List<string>();
        foreach (var attribute in Attributes(context).Where(attribute => !IsUnrelated(attribute, context)))
        {
            var (expression, fault) = AttributeText.Of(attribute, context);
            if (expression is not null)
                written.Add(expression);
            if (expression is not null && generated?.HasMetadata(expression) == false && IsElsewhere(attribute, context))
                ReportAdded(attribute, context);
            if (fault is not null)
                ReportUnwritable(attribute, fault, context);
        }

        return written.ToEquatableArray();
    }

    /// <summary>The attributes of the class after those that it inherits.</summary>
    private static List<AttributeData> Attributes(ControllerContext context)
    {
        var found = new List<AttributeData>();
        for (var type = context.Symbol; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
        {
            var derived = found.ToList();
            var isBase = !type.Is(context.Symbol);
            found.InsertRange(0, type.GetAttributes()
                .InSourceOrder(attribute => attribute.ApplicationSyntaxReference)
                .Where(attribute => !isBase || IsInherited(attribute.AttributeClass, derived)));
        }

        return found;
    }

    /// <summary>Whether [AttributeUsage], on the attribute's class or a base of it, allows inheritance.</summary>
    private static bool IsInherited(INamedTypeSymbol? type, List<AttributeData> derived)
    {
        var usage = type?.Line().SelectMany(declaring => declaring.GetAttributes())
            .FirstOrDefault(attribute => attribute.AttributeClass is { Name: "AttributeUsageAttribute" });
        return usage?.Named("Inherited") is not false
            && (usage?.Named("AllowMultiple") is true || !derived.Exists(other => other.AttributeClass.Is(type)));
    }

    /// <summary>Krait's own attributes, and those that only the compiler or a debugger reads.</summary>
    private static bool IsUnrelated(AttributeData attribute, ControllerContext context)
    {
        if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } type)
            return false;
        if (context.Known.IsKraits(type) || EndpointMetadata.Is(type))
            return context.Known.IsKraits(type);

        // The compiler leaves a conditional attribute out unless a symbol is defined.
        return OfTheCompiler.Contains(type.ContainingNamespace.ToDisplayString()) || type.Has("ConditionalAttribute");
    }

    /// <summary>Whether it is in another file than [WebSocketController]. Another generator may have added it then.</summary>
    private static bool IsElsewhere(AttributeData attribute, ControllerContext context) =>
        attribute.ApplicationSyntaxReference is { } reference
            && reference.SyntaxTree != context.Attribute.Data.ApplicationSyntaxReference?.SyntaxTree;

    private static void ReportAdded(AttributeData attribute, ControllerContext context)
    {
        const string added =
            "another source generator adds it, and source generators cannot see each other's output; write it yourself";
        var name = AttributeText.Name(attribute);
        var reason = $"[{name}] is missing on its endpoint, because {added}";
        if (EndpointMetadata.Is(attribute.AttributeClass!))
            context.Findings.Add(Rules.Unseen, context.ClassPlace, context.Name, reason);
        else
            context.Findings.Add(Rules.LostAttribute, context.ClassPlace, name, context.Name, added);
    }

    private static void ReportUnwritable(AttributeData attribute, string fault, ControllerContext context)
    {
        var isHarmless = attribute.AttributeClass is { } type && !EndpointMetadata.Is(type);
        var rule = isHarmless ? Rules.LostAttribute : Rules.UnwritableAttribute;
        var place = context.Symbol.GetAttributes().Contains(attribute) ? Places.Of(attribute) : Places.Base(context);
        context.Findings.Add(rule, place, AttributeText.Name(attribute), context.Name, fault);
    }
}
