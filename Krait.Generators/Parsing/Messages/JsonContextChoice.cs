namespace Krait.Generators.Parsing;

/// <summary>
/// Chooses the context that describes a JSON message: the one that the controller names, or the only one in the project that
/// lists its type.
/// </summary>
internal static class JsonContextChoice
{
    /// <summary>
    /// Describes a message type, with its context if that is already known: the generator combines contexts and controllers
    /// later.
    /// </summary>
    public static MessageSpec Describe(ControllerContext context, MessageType message, bool isReceived)
    {
        var spec = message.ToSpec(context.Known);
        if (spec.Codec != MessageCodecKind.Json || message.Type.IsMissing)
            return spec;

        return Choose(context, message, spec with
        {
            Reading = isReceived ? JsonReading.Describe(message.Type, context.Known, context.Findings.AreTold) : null,
        });
    }

    /// <summary>Describes the members that rooms list, with their context if that is already known.</summary>
    /// <remarks>Only servers write and read them, so their JSON is not checked for missing values.</remarks>
    public static MessageSpec DescribeMembers(ControllerContext context, MessageType members) =>
        Choose(context, members, new(members.Type.ToTypeRef(), MessageCodecKind.Json)
        {
            Reading = JsonReading.Describe(members.Type, context.Known, suggests: false),
        });

    /// <summary>Chooses the context of a JSON message, unless the contexts are not known yet.</summary>
    private static MessageSpec Choose(ControllerContext context, MessageType message, MessageSpec spec)
    {
        if (context.Attribute.JsonContext is { } named)
            return Take(spec, context, named, message.Place);
        if (TypeNames.EffectiveAccessibility(message.Type) == Accessibility.Private)
        {
            const string reason = "no JsonSerializerContext can reference it because it is private; make it internal";
            context.Findings.Add(Rules.NoJsonContext, message.Place, spec.Type.DisplayName, reason);
            return spec;
        }

        return context.Known.JsonContexts is { } contexts
            ? Choose(spec, contexts.Value, context.Findings, message.Place)
            : spec;
    }

    /// <summary>Takes the context that the controller names, or reports why it cannot be used.</summary>
    private static MessageSpec Take(MessageSpec spec, ControllerContext context, INamedTypeSymbol named, Func<Location?> place)
    {
        var described = JsonContextParser.Describe(named);
        var unfit = !described.CanBeUsed || !JsonContextParser.IsContext(named, context.Known) || !context.CanName(named)
                ? "is not a partial and accessible JsonSerializerContext; set JsonContext to one that is"
            : !described.Types.Contains(spec.Type.Key) ? $"has no [JsonSerializable(typeof({spec.Type.DisplayName}))]; add it"
            : null;
        if (unfit is not null)
            context.Findings.Add(
                Rules.NoJsonContext,
                context.Attribute.Place("JsonContext"),
                spec.Type.DisplayName,
                $"'{described.Type.DisplayName}' {unfit}");
        else
            JsonReading.Check(spec, described, context.Findings, place);

        context.Mentions.Add(named);
        return spec with { JsonContext = described.Type };
    }

    /// <summary>Chooses the contexts of a parsed controller, when the contexts of the project are known.</summary>
    public static ControllerSpec Complete(ControllerSpec spec, EquatableArray<JsonContextSpec> contexts)
    {
        var contract = spec.Contract;
        if (spec.Refusal is not null || !(IsOpen(contract.Receives) || IsOpen(contract.Sends) || IsOpen(spec.Members)))
            return spec;

        var findings = new Findings();
        var receives = ChooseOne(contract.Receives);
        var sends = ChooseOne(contract.Sends);
        var members = spec.Members is { } listed ? ChooseOne(listed) : null;
        var types = new[] { receives.JsonContext, sends.JsonContext, members?.JsonContext };
        var chosen = contexts.Where(context => types.Contains(context.Type)).ToList();
        return spec with
        {
            Contract = contract with { Receives = receives, Sends = sends },
            Members = members,
            Refusal = findings.Refusal,
            Warnings = spec.Warnings.Concat(chosen.SelectMany(context => context.Warnings)).Distinct()
                .OrderBy(id => id, StringComparer.Ordinal).ToEquatableArray(),
            NamesForbidden = spec.NamesForbidden || chosen.Exists(context => context.IsForbidden),
        };

        MessageSpec ChooseOne(MessageSpec message) => Choose(message, contexts, findings, static () => null);
    }

    /// <summary>Chooses for one message type, unless it needs no context or has one already.</summary>
    private static MessageSpec Choose(
        MessageSpec message, EquatableArray<JsonContextSpec> contexts, Findings findings, Func<Location?> location)
    {
        if (!IsOpen(message))
            return message;

        var candidates = contexts.Where(context => context.Types.Contains(message.Type.Key)).ToList();
        if (candidates is [{ CanBeUsed: true } only])
        {
            JsonReading.Check(message, only, findings, location);
            return message with { JsonContext = only.Type };
        }

        if (candidates.Count > 1)
            findings.Add(Rules.SeveralJsonContexts, location, message.Type.DisplayName, string.Join(
                ", ", candidates.Select(context => $"'{context.Type.DisplayName}'")));
        else
            findings.Add(Rules.NoJsonContext, location, message.Type.DisplayName, candidates is [var unfit]
                ? $"System.Text.Json cannot complete '{unfit.Type.DisplayName}'; make it partial, and fix the errors in its "
                    + "attributes"
                : "no JsonSerializerContext lists it; " + Cure(message, contexts));

        return message;
    }

    private static string Cure(MessageSpec message, EquatableArray<JsonContextSpec> contexts)
    {
        const string sequence = "IEnumerable<";
        var isSequence = message.Type.Key.StartsWith("global::System.Collections.Generic." + sequence, StringComparison.Ordinal);
        var stream = isSequence && message.Reading is null
            ? $"return IAsyncEnumerable<{message.Type.DisplayName.Substring(sequence.Length)} to send each item as its own "
                + "message, or "
            : "";
        var attribute = $"[JsonSerializable(typeof({message.Type.DisplayName}))]";
        return stream + contexts.Count switch
        {
            0 => $"declare a partial class with {attribute} that derives from JsonSerializerContext",
            1 => $"add {attribute} to '{contexts[0].Type.DisplayName}'",
            _ => $"add {attribute} to one of your contexts",
        };
    }

    private static bool IsOpen(MessageSpec? message) => message is { Codec: MessageCodecKind.Json, JsonContext: null };
}
