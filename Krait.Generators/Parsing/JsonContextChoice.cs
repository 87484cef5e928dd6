using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Chooses the context that describes a JSON message: the only one in the project that lists its type.</summary>
internal static class JsonContextChoice
{
    /// <summary>Chooses for a whole controller, as the generator does when parser and contexts come together.</summary>
    public static ControllerSpec Complete(ControllerSpec spec, EquatableArray<JsonContextSpec> contexts)
    {
        if (spec.Refusal is not null || (!IsOpen(spec.Receives) && !IsOpen(spec.Sends)))
            return spec;

        var findings = new Findings();
        var receives = Choose(spec.Receives, contexts, findings, static () => null);
        var sends = Choose(spec.Sends, contexts, findings, static () => null);
        return spec with { Receives = receives, Sends = sends, Refusal = findings.Refusal };
    }

    /// <summary>Chooses for one message type, unless it needs no context or has one already.</summary>
    public static MessageSpec Choose(MessageSpec message, EquatableArray<JsonContextSpec> contexts, Findings findings, Func<Location?> location)
    {
        if (!IsOpen(message))
            return message;

        var candidates = contexts.Where(context => context.Types.Contains(message.Key)).ToList();
        switch (candidates)
        {
            case [{ CanBeUsed: true } only]:
                return message with { JsonContext = only.Name };
            case [var unfit]:
                findings.Add(Rules.NoJsonContext, location, message.DisplayName, $"the serializer cannot complete '{unfit.DisplayName}'; make it partial, with attributes that compile");
                return message;
            case []:
                var target = contexts.Count == 0 ? "one of your own" : contexts.Count == 1 ? $"'{contexts[0].DisplayName}'" : "one of them";
                findings.Add(Rules.NoJsonContext, location, message.DisplayName, $"no JsonSerializerContext of the project has [JsonSerializable(typeof({message.DisplayName}))]; add it to {target}");
                return message;
            default:
                var names = string.Join(", ", candidates.Select(context => $"'{context.DisplayName}'"));
                findings.Add(Rules.SeveralJsonContexts, location, message.DisplayName, names);
                return message;
        }
    }

    private static bool IsOpen(MessageSpec message) => message is { Codec: MessageCodecKind.Json, JsonContext: null };
}
