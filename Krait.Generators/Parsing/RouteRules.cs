using System.Globalization;
using Krait.Generators.Diagnostics;
using Krait.Generators.Specs;

namespace Krait.Generators.Parsing;

/// <summary>What the attribute says about route, subprotocols and limits.</summary>
internal static class RouteRules
{
    /// <summary>Reports a malformed pattern.</summary>
    public static void Check(ControllerContext context, string pattern)
    {
        if (context.Attribute.Data.ConstructorArguments.Length == 0)
            context.Findings.Refuse("The route pattern is missing.");
        else if (context.Attribute.Pattern is null)
            context.Findings.Add(Rules.MalformedPattern, context.Attribute.Place(ControllerAttribute.PatternName), pattern, "0", "it is null");
        else if (context.Route.Fault is { } fault)
            context.Findings.Add(Rules.MalformedPattern, context.Attribute.Place(ControllerAttribute.PatternName, fault.Start, fault.Length), pattern, fault.Start.ToString(CultureInfo.InvariantCulture), fault.Reason);
    }

    /// <summary>The subprotocols, each once; reports what is no token or stands there twice.</summary>
    public static EquatableArray<string> Protocols(ControllerContext context)
    {
        var protocols = new List<string>();
        foreach (var entry in ProtocolList.Split(context.Attribute.Protocols ?? ""))
        {
            var place = context.Attribute.Place("Protocols", entry.Start, entry.Text.Length);
            if (!ProtocolList.IsToken(entry.Text))
                context.Findings.Add(Rules.MalformedProtocol, place, entry.Text);
            else if (protocols.Contains(entry.Text))
                context.Findings.Add(Rules.RepeatedProtocol, place, entry.Text);
            else
                protocols.Add(entry.Text);
        }

        return protocols.ToEquatableArray();
    }

    /// <summary>The limits that are not left to the options; reports negative ones.</summary>
    public static EquatableArray<LimitSpec> Limits(ControllerContext context)
    {
        var limits = new List<LimitSpec>();
        foreach (var name in ControllerAttribute.LimitNames)
        {
            var value = context.Attribute.Limit(name);
            var text = value.ToString(CultureInfo.InvariantCulture);
            if (value < 0)
                context.Findings.Add(Rules.LimitOutOfRange, context.Attribute.Place(name), name, text, "it cannot be negative, and 0 takes the value of KraitOptions");
            else if (value > 0)
                limits.Add(new(name, text));
        }

        return limits.ToEquatableArray();
    }
}
