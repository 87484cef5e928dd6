using Krait.Generators.Diagnostics;

namespace Krait.Generators.Parsing;

/// <summary>Holds handlers to the grammar of their kind, and describes how to call them.</summary>
internal sealed class HandlerParser(ControllerContext context, ITypeSymbol receives, ITypeSymbol sends, bool isQueue)
{
    private KnownSymbols Known => context.Known;

    public HandlerSpec Parse(Handler handler)
    {
        var errors = context.Findings.Errors;
        CheckReturn(handler);
        var parameters = new List<ParameterSpec>();
        foreach (var parameter in handler.Method.Parameters)
        {
            if (Describe(handler, parameter) is not { } spec)
                continue;
            if (spec.Source is not ParameterSource.Stopping && parameters.Exists(other => other.Source == spec.Source && !IsBound(handler)))
                Refuse(handler, Places.Of(parameter), $"'{parameter.Name}' is one parameter too many; {Grammar.Parameters(handler.Kind)}");

            parameters.Add(spec);
        }

        if (context.Findings.Errors == errors)
            CheckComplete(handler, parameters);

        // What cannot be sent needs no id.
        var correlation = context.Findings.Errors > errors ? null : CorrelationParser.Parse(context, handler, handler.Kind == HandlerKind.OnError ? Failed(handler) : handler.Message(Known));
        return new(handler.Kind, TypeNames.Escape(handler.Name), handler.Method.IsStatic, parameters.ToEquatableArray(), handler.Returns)
        {
            Selector = parameters.Find(parameter => parameter.Source == (handler.Kind == HandlerKind.OnError ? ParameterSource.Error : ParameterSource.Message))?.Type ?? "",
            IsCatchAll = handler.Kind == HandlerKind.OnMessage && handler.Message(Known) is { } message && Known.IsAssignable(receives, message),
            RepliesNullableValue = handler.Value is { IsNullableValue: true } value && SymbolEqualityComparer.Default.Equals(value.WithoutNull(), sends),
            Correlation = correlation,
        };
    }

    /// <summary>The type of the message that failed.</summary>
    private ITypeSymbol? Failed(Handler handler) => handler.Method.Parameters.Select(parameter => parameter.Type.WithoutNull())
        .FirstOrDefault(type => !KnownSymbols.Is(type, Known.CancellationToken) && !(Known.Exception is { } exception && Known.IsAssignable(type, exception)));

    private static bool IsBound(Handler handler) => handler.Kind is HandlerKind.OnUpgrade or HandlerKind.OnOpen;

    private ParameterSpec? Describe(Handler handler, IParameterSymbol parameter)
    {
        if (IsBound(handler))
            return BindingParser.Bind(context, parameter, handler.Kind == HandlerKind.OnOpen ? sends : null);

        var type = parameter.Type.WithoutNull();
        if (type.IsMissing)
        {
            context.Findings.Refuse($"The type '{type.ToSentence()}' does not exist.");
            return null;
        }

        if (Source(handler, parameter, type) is { } source)
            return new(source, TypeNames.Escape(parameter.Name), type.ToReference() + (source == ParameterSource.FailedMessage && type.IsValueType ? "?" : ""));

        Refuse(handler, Places.Of(parameter), $"nothing fits its parameter '{parameter.Name}'; {Grammar.Parameters(handler.Kind)}");
        return null;
    }

    private ParameterSource? Source(Handler handler, IParameterSymbol parameter, ITypeSymbol type)
    {
        if (KnownSymbols.Is(type, Known.CancellationToken))
            return handler.Kind == HandlerKind.OnClose ? ParameterSource.CloseDeadline : ParameterSource.Stopping;

        switch (handler.Kind)
        {
            case HandlerKind.OnMessage:
                CheckMessage(handler, parameter, type);
                return ParameterSource.Message;
            case HandlerKind.OnError when Known.Exception is { } exception && Known.IsAssignable(type, exception):
                return ParameterSource.Error;
            case HandlerKind.OnError when MessageType.IsUsable(type):
                CheckFailedMessage(handler, parameter, type);
                return ParameterSource.FailedMessage;
            case HandlerKind.OnClose when KnownSymbols.Is(type, Known.CloseInfo):
                return ParameterSource.CloseInfo;
            case HandlerKind.Run when KnownSymbols.IsConstructed(type, Known.ChannelReader, out var item):
                CheckMessages(handler, parameter, item, SymbolEqualityComparer.Default.Equals(item.WithoutNull(), receives));
                return ParameterSource.Messages;
            case HandlerKind.Run when KnownSymbols.IsConstructed(type, Known.AsyncEnumerable, out var item):
                CheckMessages(handler, parameter, item, Known.IsAssignable(receives, item.WithoutNull()));
                return ParameterSource.MessageStream;
            default:
                return null;
        }
    }

    private void CheckMessage(Handler handler, IParameterSymbol parameter, ITypeSymbol type)
    {
        if (!handler.IsBeside && MessageType.IsUsable(type) && !Known.IsAssignable(type, receives) && !Known.IsAssignable(receives, type)
            && context.Attribute.Receives is not null && !Union.Derived(receives, Known).Any(derived => Known.IsAssignable(derived, receives) && Known.IsAssignable(derived, type)))
            Foreign(handler, parameter, type);
    }

    private void CheckFailedMessage(Handler handler, IParameterSymbol parameter, ITypeSymbol type)
    {
        if (!Known.IsAssignable(type, receives) && !Known.IsAssignable(receives, type))
            Foreign(handler, parameter, type);
        else if (!parameter.Type.AllowsNull && (type.IsValueType || parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated))
            Refuse(handler, Places.Type(parameter), $"'{parameter.Name}' must be nullable, since some errors belong to no message");
    }

    private void CheckMessages(Handler handler, IParameterSymbol parameter, ITypeSymbol item, bool fits)
    {
        if (MessageType.IsUsable(item) && !fits)
            Foreign(handler, parameter, item);
        else if (!isQueue)
        {
            var cure = context.Attribute.Delivery == Delivery.Event ? "set Delivery to Queue, or remove the parameter" : "remove the parameter, or those handlers";
            context.Findings.Add(Rules.ContradictoryDelivery, Places.Of(parameter), handler.Name, "takes the messages, but in Event delivery [OnMessage] handlers do; " + cure);
        }
    }

    private void Foreign(Handler handler, IParameterSymbol parameter, ITypeSymbol type)
    {
        var cure = context.Attribute.Receives is null ? "take that" : "take that, or change Receives";
        context.Findings.Add(Rules.ForeignMessage, Places.Type(parameter), handler.Name, type.ToSentence(), $"'{receives.ToSentence()}'; {cure}");
    }

    private void CheckComplete(Handler handler, List<ParameterSpec> parameters)
    {
        var needed = handler.Kind switch
        {
            HandlerKind.OnMessage => ParameterSource.Message,
            HandlerKind.OnError => ParameterSource.Error,
            _ => (ParameterSource?)null,
        };
        if (needed is not null && !parameters.Exists(parameter => parameter.Source == needed))
            Refuse(handler, Places.Of(handler.Method), Grammar.Parameters(handler.Kind));
        if (handler.Kind == HandlerKind.OnMessage && isQueue)
            context.Findings.Add(Rules.ContradictoryDelivery, Places.Of(handler.Method), handler.Name, "is an [OnMessage] handler, but in Queue delivery messages wait until they are pulled; set Delivery to Event, or take the messages in [Run]");
    }

    private void CheckReturn(Handler handler)
    {
        if (!Grammar.Allows(handler.Kind, handler.Returns))
            Refuse(handler, Places.Returned(handler.Method), Grammar.Returns(handler.Kind));
        else if (MayBeNull(handler))
            Refuse(handler, Places.Returned(handler.Method), "what it returns may be null, and then there is nothing to wait for; remove the '?'");
        else if (handler.Value is not { } value)
            return;
        else if (handler.Kind == HandlerKind.OnUpgrade)
        {
            if (!KnownSymbols.Is(value, Known.UpgradeDecision) || value.NullableAnnotation == NullableAnnotation.Annotated)
                Refuse(handler, Places.Returned(handler.Method), Grammar.Returns(handler.Kind));
        }
        else if (value.IsMissing)
            context.Findings.Refuse($"The type '{value.ToSentence()}' does not exist.");
        else if (!CanSend(handler, value) && (context.Attribute.Sends is not null || MessageType.IsUsable(value.WithoutNull())))
        {
            var sent = $"'{sends.ToSentence()}'; reply with that, or set Sends to a type that both are";
            context.Findings.Add(Rules.UnsendableReply, Places.Returned(handler.Method), handler.Name, value.ToSentence(), sent);
        }
    }

    private static bool MayBeNull(Handler handler) =>
        handler.Method.ReturnType.NullableAnnotation == NullableAnnotation.Annotated
        && (handler.Returns is ReturnShape.Task or ReturnShape.TaskOfValue || handler is { Returns: ReturnShape.Stream, Kind: HandlerKind.Run });

    private bool CanSend(Handler handler, ITypeSymbol value)
    {
        var isNullableSent = value.IsNullableValue && SymbolEqualityComparer.Default.Equals(value.WithoutNull(), sends);
        if (isNullableSent)
            return handler.Returns != ReturnShape.Stream;

        // A nullable value satisfies no constraint but object's, and tasks and streams carry their type as a constrained argument.
        return Known.IsAssignable(value, sends) && !(value.IsNullableValue && handler.Returns != ReturnShape.Value);
    }

    private void Refuse(Handler handler, Func<Location?> place, string reason) =>
        context.Findings.Add(Rules.UnfitHandler, place, handler.Name, handler.Kind.ToString(), reason);
}
