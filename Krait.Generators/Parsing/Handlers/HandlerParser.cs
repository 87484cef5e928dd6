namespace Krait.Generators.Parsing;

/// <summary>Checks the signature of a handler by the grammar of its kind, and describes how to call it.</summary>
internal sealed class HandlerParser(
    ControllerContext context, Handler handler, ITypeSymbol receives, ITypeSymbol sends, bool isQueue)
{
    private readonly List<ParameterSpec> parameters = [];

    private KnownSymbols Known => context.Known;

    private bool IsBound => handler.Kind is HandlerKind.OnUpgrade or HandlerKind.OnOpen;

    public HandlerSpec Parse()
    {
        var errors = context.Findings.Errors;
        var canReturn = Grammar.UnfitReturn(handler) is null; // a fault is reported already
        if (canReturn)
            CheckReturn();

        foreach (var parameter in handler.Method.Parameters)
            Add(parameter);

        if (canReturn && context.Findings.Errors == errors)
            CheckComplete();

        // A reply that cannot be sent does not need an id.
        var correlation = context.Findings.Errors > errors ? null : CorrelationParser.Parse(context, handler);
        return new(
            new(handler.Kind, handler.Message?.ToTypeRef(), Reply(correlation)),
            handler.Name,
            handler.Method.IsStatic,
            parameters.ToEquatableArray(),
            handler.Returns,
            Selector: handler.Selector?.ToTypeRef(),
            IsCatchAll: handler is { Kind: HandlerKind.OnMessage, Message: { } message } && Known.IsAssignable(receives, message),
            RepliesNullableValue: handler.Value is { } value && IsNullableSent(value));
    }

    private ReplySpec? Reply(CorrelationSpec? correlation)
    {
        if (handler.Kind is HandlerKind.OnUpgrade or HandlerKind.OnClose || handler.Value is not { } value)
            return null;

        var type = value.WithoutNull();
        var nullness = type.IsReferenceType ? ReplyNull.Reference : ReplyNull.Value;
        return new(
            type.ToTypeRef(),
            handler.Returns == ReturnShape.Stream,
            value.AllowsNull ? nullness : ReplyNull.Never,
            correlation);
    }

    private void Add(IParameterSymbol parameter)
    {
        if (Describe(parameter) is not { } spec)
            return;
        if (!IsBound && IsTakenOnce(spec.Source) && parameters.Exists(other => other.Source == spec.Source))
            Refuse(Places.Of(parameter), $"'{parameter.Name}' is an extra parameter; {Grammar.Parameters(handler.Kind)}");

        parameters.Add(spec);
    }

    private static bool IsTakenOnce(ParameterSource source) =>
        source is not (ParameterSource.Stopping or ParameterSource.Service or ParameterSource.KeyedService);

    private ParameterSpec? Describe(IParameterSymbol parameter)
    {
        if (IsBound)
            return BindingParser.Bind(context, parameter, handler.Kind == HandlerKind.OnOpen ? sends : null);
        if (Grammar.TakesServices(handler.Kind) && BindingParser.IsMarkedService(parameter))
            return BindingParser.ServiceOfCall(context, parameter);
        if (ResumeParser.Mark(parameter, Known) is not null)
            return ResumeParser.Parse(context, parameter, isOpen: false);

        var type = parameter.Type.WithoutNull();
        if (type.IsMissing)
            context.RefuseMissing(type);
        else if (Source(parameter, type) is { } source)
            return new(
                source,
                parameter.Name,
                type.ToReference() + (source == ParameterSource.FailedMessage && type.IsValueType ? "?" : ""));
        else
            Refuse(
                Places.Of(parameter),
                $"Krait has no value for its parameter '{parameter.Name}'; {Grammar.Parameters(handler.Kind)}");

        return null;
    }

    private ParameterSource? Source(IParameterSymbol parameter, ITypeSymbol type)
    {
        switch (handler.Kind)
        {
            case var kind when type.Is(Known.CancellationToken):
                return kind == HandlerKind.OnClose ? ParameterSource.CloseDeadline : ParameterSource.Stopping;
            case HandlerKind.OnMessage:
                CheckMessage(parameter, type);
                return ParameterSource.Message;
            case HandlerKind.OnError:
                return OfError(parameter, type);
            case HandlerKind.OnPresence when type.IsConstructed(Known.PresenceChange, out var member):
                PresenceParser.Check(context, parameter, member);
                return ParameterSource.Presence;
            case HandlerKind.Run when type.IsConstructed(Known.ChannelReader, out var item):
                CheckMessages(parameter, item, item.WithoutNull().Is(receives));
                return ParameterSource.Messages;
            case HandlerKind.Run when type.IsConstructed(Known.AsyncEnumerable, out var item):
                CheckMessages(parameter, item, Known.IsAssignable(receives, item.WithoutNull()));
                return ParameterSource.MessageStream;
            default:
                return OfEvent(type);
        }
    }

    private ParameterSource? OfEvent(ITypeSymbol type) => handler.Kind switch
    {
        HandlerKind.OnLost when type.Is(Known.LostMessages) => ParameterSource.Lost,
        HandlerKind.OnDrain when type.Is(Known.DrainInfo) => ParameterSource.Drain,
        HandlerKind.OnExpiring when type.Is(Known.ExpirationInfo) => ParameterSource.Expiration,
        HandlerKind.OnClose when type.Is(Known.CloseInfo) => ParameterSource.CloseInfo,
        _ => null,
    };

    private ParameterSource? OfError(IParameterSymbol parameter, ITypeSymbol type)
    {
        if (Known.IsException(type))
            return ParameterSource.Error;
        if (!MessageType.IsUsable(type))
            return null;

        CheckFailed(parameter, type);
        return ParameterSource.FailedMessage;
    }

    private void CheckMessage(IParameterSymbol parameter, ITypeSymbol type)
    {
        if (handler.IsBeside || context.Attribute.Receives is null)
            return;
        if (!MessageType.IsUsable(type) || !(IsRelated(type) || IsShared(type)))
            Foreign(parameter, type);
    }

    /// <summary>Whether it is an interface or a base of some types of the union.</summary>
    private bool IsShared(ITypeSymbol type) => Union.Derived(receives, Known)
        .Any(derived => Known.IsAssignable(derived, receives) && Known.IsAssignable(derived, type));

    private void CheckFailed(IParameterSymbol parameter, ITypeSymbol type)
    {
        if (!IsRelated(type))
            Foreign(parameter, type);
        else if (!parameter.Type.AllowsNull
            && (type.IsValueType || parameter.Type.NullableAnnotation == NullableAnnotation.NotAnnotated))
        {
            var reason = $"'{parameter.Name}' must be nullable, because some errors belong to no message; add '?'";
            Refuse(Places.Type(parameter), reason);
        }
    }

    private bool IsRelated(ITypeSymbol type) => Known.IsAssignable(type, receives) || Known.IsAssignable(receives, type);

    private void CheckMessages(IParameterSymbol parameter, ITypeSymbol item, bool fits)
    {
        if (MessageType.IsUsable(item) && !fits)
            Foreign(parameter, item);
        else if (!isQueue)
        {
            var cure = context.Attribute.Delivery == Delivery.Event
                ? "set Delivery to Queue, or remove the parameter"
                : "remove the parameter, or the [OnMessage] handlers";
            context.Findings.Add(
                Rules.ContradictoryDelivery,
                Places.Of(parameter),
                handler.Name,
                "takes the messages, but in Event delivery only [OnMessage] handlers do; " + cure);
        }
    }

    private void Foreign(IParameterSymbol parameter, ITypeSymbol type)
    {
        var expected = $"'{receives.ToSentence(type)}'; take that type";
        var cure = context.Attribute.Receives is null ? "" : ", or change Receives";
        context.Findings.Add(
            Rules.ForeignMessage, Places.Type(parameter), handler.Name, type.ToSentence(receives), expected + cure);
    }

    private void CheckComplete()
    {
        if (handler.Kind is HandlerKind.OnMessage or HandlerKind.OnError or HandlerKind.OnPresence
            && !parameters.Exists(parameter =>
                parameter.Source is ParameterSource.Message or ParameterSource.Error or ParameterSource.Presence))
            Refuse(Places.Of(handler.Method), Grammar.Parameters(handler.Kind));
        if (handler.Kind == HandlerKind.OnMessage && isQueue)
        {
            const string contradiction =
                "is an [OnMessage] handler, but Delivery is Queue; set Delivery to Event, or take the messages in [Run]";
            context.Findings.Add(Rules.ContradictoryDelivery, Places.Of(handler.Method), handler.Name, contradiction);
        }
    }

    private void CheckReturn()
    {
        var place = Places.Returned(handler.Method);
        if (handler is { Kind: HandlerKind.OnUpgrade, Value: { } decision })
        {
            if (!decision.Is(Known.UpgradeDecision) || decision.NullableAnnotation == NullableAnnotation.Annotated)
                Refuse(place, Grammar.Returns(handler.Kind));
        }
        else if (handler.Value is { IsMissing: true } missing)
            context.RefuseMissing(missing);
        else if (handler.Value is { } value
            && !CanSend(value)
            && (context.Attribute.Sends is not null || MessageType.IsUsable(value.WithoutNull())))
        {
            var sent = $"'{sends.ToSentence(value)}'; reply with that type, or set Sends to a common base type";
            context.Findings.Add(Rules.UnsendableReply, place, handler.Name, value.ToSentence(sends), sent);
        }
    }

    // A task or stream passes its type as a constrained type argument, and a nullable value type meets no such constraint.
    private bool CanSend(ITypeSymbol value) => IsNullableSent(value)
        ? handler.Returns != ReturnShape.Stream
        : Known.IsAssignable(value, sends) && !(value.IsNullableValue && handler.Returns != ReturnShape.Value);

    private bool IsNullableSent(ITypeSymbol value) => value.IsNullableValue && value.WithoutNull().Is(sends);

    private void Refuse(Func<Location?> place, string reason) =>
        context.Findings.Add(Rules.UnfitHandler, place, handler.Name, handler.Kind.ToString(), reason);
}
