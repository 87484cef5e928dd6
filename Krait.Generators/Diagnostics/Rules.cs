using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Krait.Generators.Diagnostics;

/// <summary>
/// Krait's rules. A rule that refuses a controller is an error that nobody can silence; else its endpoint would be missing
/// without a message.
/// </summary>
internal static class Rules
{
    private const string HelpLinks = Repository.Address + "/blob/main/docs/diagnostics/";

    private const string Class = "Krait.Controller";
    private const string Route = "Krait.Routing";
    private const string Handler = "Krait.Handlers";
    private const string Message = "Krait.Messages";
    private const string Usage = "Krait.Usage";

    public static readonly DiagnosticDescriptor NotPartial = Rule(
        DiagnosticIds.NotPartial, Class, Error, "Controllers must be partial",
        "Krait adds members to a controller in a generated file, which C# allows only for partial types.",
        "'{0}' is not partial, so Krait cannot complete the controller '{1}'; add 'partial'");

    public static readonly DiagnosticDescriptor UnfitClass = Rule(
        DiagnosticIds.UnfitClass, Class, Error, "Controllers must be ordinary classes",
        "Krait creates one instance for each connection, and completes it in a second part of the class.",
        "The controller '{0}' is {1}, but it must be an ordinary class; {2}");

    public static readonly DiagnosticDescriptor NoUsableConstructor = Rule(
        DiagnosticIds.NoUsableConstructor, Class, Error, "Controllers must have one usable constructor",
        "Krait calls the constructor for each connection, so it must know which one, and where each argument comes from.",
        "The controller '{0}' {1}");

    public static readonly DiagnosticDescriptor NameTaken = Rule(
        DiagnosticIds.NameTaken, Class, Error, "Names of generated members must be free",
        "A class cannot have two members with the same name, so Krait could not generate its own.",
        "Krait generates a member '{0}' for the controller '{1}', but {2}");

    public static readonly DiagnosticDescriptor NoHandler = Rule(
        DiagnosticIds.NoHandler, Class, Warning, "Controllers should have handlers",
        "Clients can connect to a controller without handlers, but nothing ever answers them.",
        "The controller '{0}' has no handler, so it accepts connections and does nothing; add an [OnMessage] or [Run] method");

    public static readonly DiagnosticDescriptor HandlerOutsideController = Rule(
        DiagnosticIds.HandlerOutsideController, Handler, Warning, "Handlers should be in controllers",
        "Krait calls handlers only in classes with [WebSocketController].",
        "Krait does not call '{0}', because [{1}] has no effect in '{2}', which is not a controller; add "
            + "[WebSocketController] to '{2}', or move '{0}' to a controller");

    public static readonly DiagnosticDescriptor Inaccessible = Rule(
        DiagnosticIds.Inaccessible, Class, Error, "Controllers must be accessible to generated code",
        "The generated code that maps a controller is in another class, so it must be able to name the controller.",
        "Generated code cannot reference '{0}' because it is {1}; make it internal");

    public static readonly DiagnosticDescriptor LanguageTooOld = Rule(
        DiagnosticIds.LanguageTooOld, Class, Error, "Controllers need C# 14",
        "Generated code uses features of C# 14.",
        "The controller '{0}' needs C# 14, but the project compiles as C# {1}; remove LangVersion from the project, or "
            + "raise it to 14");

    public static readonly DiagnosticDescriptor UnwritableAttribute = Rule(
        DiagnosticIds.UnwritableAttribute, Class, Error, "Endpoint attributes must be usable in generated code",
        "An endpoint without such an attribute could, for example, accept everybody although you require authorization.",
        "Krait cannot put [{0}] on the endpoint of '{1}': {2}");

    public static readonly DiagnosticDescriptor LostAttribute = Rule(
        DiagnosticIds.LostAttribute, Class, Warning, "Controller attributes should be usable in generated code",
        "Your middleware may look for the attribute on the endpoint, where it is missing.",
        "[{0}] is missing on the endpoint of '{1}': {2}");

    public static readonly DiagnosticDescriptor Unseen = Rule(
        DiagnosticIds.Unseen, Class, Error, "Controllers must not depend on other source generators",
        "Source generators do not see each other's output, so Krait cannot know the type.",
        "Krait cannot complete '{0}': {1}");

    public static readonly DiagnosticDescriptor MalformedPattern = Rule(
        DiagnosticIds.MalformedPattern, Route, Error, "Route patterns must be well-formed",
        "ASP.NET Core would throw when the application starts.",
        "The route pattern '{0}' is malformed at position {1}: {2}");

    /// <remarks>
    /// It does not refuse the classes: in different route groups both can work, and then you may silence it.
    /// MapWebSocketControllers refuses to map both.
    /// </remarks>
    public static readonly DiagnosticDescriptor SamePattern = Rule(
        DiagnosticIds.SamePattern, Route, Error, "Controllers must have different route patterns",
        "The router does not notice it at startup, but answers the first matching request with an error.",
        "'{0}' and '{1}' both match '{2}', so the router cannot choose between them; change one of the patterns", refuses: false);

    public static readonly DiagnosticDescriptor StrayRouteValue = Rule(
        DiagnosticIds.StrayRouteValue, Route, Warning, "Route values should be in the pattern and in a parameter",
        "A route value that only the pattern or only a parameter has is usually a mistake.",
        "The route value '{0}' {1}");

    public static readonly DiagnosticDescriptor MalformedProtocol = Rule(
        DiagnosticIds.MalformedProtocol, Route, Error, "Subprotocol names must be valid",
        "Browsers refuse to offer such a name, so no client could ever select it.",
        "{0}");

    public static readonly DiagnosticDescriptor RepeatedProtocol = Rule(
        DiagnosticIds.RepeatedProtocol, Route, Warning, "Subprotocols should be listed only once",
        "Only the first entry of a name has an effect, so the second one may be a mistake.",
        "Protocols contains '{0}' twice; remove one of them");

    public static readonly DiagnosticDescriptor Unbindable = Rule(
        DiagnosticIds.Unbindable, Route, Error, "Parameters must be bindable",
        "Krait must get each parameter from the request or from the services before the connection opens.",
        "The parameter '{0}' cannot be bound: {1}");

    public static readonly DiagnosticDescriptor UnfitHandler = Rule(
        DiagnosticIds.UnfitHandler, Handler, Error, "Handlers must have a supported signature",
        "Krait must have a value for each parameter of a handler, and must be able to wait for its result.",
        "'{0}' is not a valid [{1}] handler: {2}");

    public static readonly DiagnosticDescriptor RepeatedHandler = Rule(
        DiagnosticIds.RepeatedHandler, Handler, Error, "Some handlers must be unique",
        "Krait would have to choose the order of the two, and which result counts.",
        "'{0}' is a second [{1}] handler of '{2}', which can have only one; call it from '{3}', or remove it");

    public static readonly DiagnosticDescriptor ContradictoryDelivery = Rule(
        DiagnosticIds.ContradictoryDelivery, Handler, Error, "Delivery must match the handlers",
        "In one controller, either handlers or [Run] take the messages.",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor AsyncVoidHandler = Rule(
        DiagnosticIds.AsyncVoidHandler, Handler, Error, "Handlers must not be async void",
        "An exception of an async void method ends the process.",
        "'{0}' is async void, so Krait can neither wait for it nor catch its exceptions; return ValueTask");

    public static readonly DiagnosticDescriptor UnreachableHandler = Rule(
        DiagnosticIds.UnreachableHandler, Handler, Error, "Handlers must be reachable",
        "Each message and each exception goes to only one handler, the one with the most specific type.",
        "'{0}' is never called, because '{1}' already takes every {2}; remove one of them");

    public static readonly DiagnosticDescriptor UnhandledMessage = Rule(
        DiagnosticIds.UnhandledMessage, Message, Warning, "Every type of a union should have a handler",
        "Clients can send every type of the union, and Krait closes the connection for a type without a handler.",
        "'{0}' has no handler for {1}, so Krait refuses such messages; add an [OnMessage] handler for each, or one for '{2}'");

    public static readonly DiagnosticDescriptor ForeignMessage = Rule(
        DiagnosticIds.ForeignMessage, Message, Error, "Handlers must take the type that the controller receives",
        "Krait decodes every message to the type that the controller receives, so it would never call this handler.",
        "'{0}' takes '{1}', but the controller receives {2}");

    public static readonly DiagnosticDescriptor InstanceOnUpgrade = Rule(
        DiagnosticIds.InstanceOnUpgrade, Handler, Error, "[OnUpgrade] must be static",
        "Krait creates the controller only after [OnUpgrade] has accepted the request.",
        "'{0}' runs before the upgrade, when the controller does not exist yet; make it static");

    public static readonly DiagnosticDescriptor EndpointAttribute = Rule(
        DiagnosticIds.EndpointAttribute, Handler, Error, "Endpoint attributes must be on the class",
        "ASP.NET Core checks authorization and other endpoint attributes once for a connection, and not for each message.",
        "[{0}] has no effect on the handler '{1}', because ASP.NET Core reads it only from the class; move it to '{2}', "
            + "or split the controller");

    public static readonly DiagnosticDescriptor NoJsonContext = Rule(
        DiagnosticIds.NoJsonContext, Message, Error, "JSON messages must have a JsonSerializerContext",
        "Krait serializes without reflection, so it needs the metadata that a JsonSerializerContext generates.",
        "'{0}' cannot be a JSON message: {1}");

    public static readonly DiagnosticDescriptor SeveralJsonContexts = Rule(
        DiagnosticIds.SeveralJsonContexts, Message, Error, "JSON messages must have only one JsonSerializerContext",
        "The contexts may have different options, so Krait must not choose one of them.",
        "Several contexts have [JsonSerializable(typeof({0}))]: {1}; set JsonContext to one of them");

    public static readonly DiagnosticDescriptor UnfitUnion = Rule(
        DiagnosticIds.UnfitUnion, Message, Error, "The types of a union must be distinguishable",
        "The serializer would throw at the first message, or no message could ever have the type.",
        "'{0}' cannot be a union of JSON messages: {1}");

    public static readonly DiagnosticDescriptor UnsendableReply = Rule(
        DiagnosticIds.UnsendableReply, Message, Error, "Replies must have the type that the controller sends",
        "The first reply of another type would close the connection with status 1011.",
        "'{0}' replies with '{1}', but the controller sends {2}");

    public static readonly DiagnosticDescriptor UnfitCodec = Rule(
        DiagnosticIds.UnfitCodec, Message, Error, "Codecs must read or write the controller's messages",
        "Krait would never call the codec, or could not create it.",
        "'{0}' cannot be used as a codec: {1}");

    public static readonly DiagnosticDescriptor UncorrelatedReply = Rule(
        DiagnosticIds.UncorrelatedReply, Message, Error, "Replies must have a property for the correlation id",
        "Clients match answers to requests by the id, so a reply without it would be lost.",
        "Krait cannot copy the [CorrelationId] of '{1}' to the reply '{0}': {2}");

    public static readonly DiagnosticDescriptor UnrelatedMessages = Rule(
        DiagnosticIds.UnrelatedMessages, Message, Error, "Received messages must be of one type or one union",
        "Krait cannot know which type an incoming message has unless the types have a common union.",
        "The handlers of '{0}' take {1}, {2}");

    public static readonly DiagnosticDescriptor LimitOutOfRange = Rule(
        DiagnosticIds.LimitOutOfRange, Class, Error, "Limits must be in range",
        "Krait bounds memory in both directions, so each limit must be a positive number.",
        "{0} is {1}; {2}");

    public static readonly DiagnosticDescriptor BlockingCall = Rule(
        DiagnosticIds.BlockingCall, Usage, Warning, "Handlers should not block",
        "Blocked threads are missing for other connections, so the server slows down or stops answering.",
        "'{0}' blocks a thread of the pool until '{1}' returns; {2} instead");

    public static readonly DiagnosticDescriptor IgnoredSend = Rule(
        DiagnosticIds.IgnoredSend, Usage, Warning, "Sends and closes should be awaited",
        "A sender that does not wait can fill the memory, and does not see exceptions.",
        "The task of '{0}' is ignored, so the sender does not slow down and exceptions are lost; await it, or assign it "
            + "to a discard");

    public static readonly DiagnosticDescriptor UnstoppableRun = Rule(
        DiagnosticIds.UnstoppableRun, Usage, Warning, "[Run] should stop with its connection",
        "A task that outlives its connection keeps its memory, and delays the shutdown of the host.",
        "'{0}' may keep running after the connection has closed; accept a CancellationToken or check Stopping");

    public static readonly DiagnosticDescriptor MissingMapping = Rule(
        DiagnosticIds.MissingMapping, Usage, Warning, "Applications should map their controllers",
        "Clients of a controller that is not mapped get 404.",
        "The application does not map its WebSocket controllers, such as '{0}'; call MapWebSocketControllers() before this");

    public static readonly DiagnosticDescriptor HandWrittenLoop = Rule(
        DiagnosticIds.HandWrittenLoop, Usage, Info, "Controllers should replace receive loops",
        "Hand-written loops often lack keep-alive, limits, a closing handshake or an orderly shutdown.",
        "This code receives WebSocket messages in a hand-written loop; use a class with [WebSocketController], which "
            + "handles keep-alive, limits and shutdown");

    public static readonly DiagnosticDescriptor SelfWait = Rule(
        DiagnosticIds.SelfWait, Usage, Warning, "Handlers should not wait for their own connection to end",
        "The handler and its connection would wait for each other until StopTimeout has passed.",
        "'{0}' and its connection wait for each other, because '{1}' completes only after '{0}' has returned; use "
            + "Stopping instead");

    public static readonly DiagnosticDescriptor KeptBuffer = Rule(
        DiagnosticIds.KeptBuffer, Usage, Warning, "Handlers should copy buffers that they keep",
        "Krait reuses the memory of a message after its handler has returned.",
        "'{0}' keeps '{1}', but the next message overwrites these bytes after '{0}' has returned; copy them with ToArray()");

    public static readonly DiagnosticDescriptor EndlessOpen = Rule(
        DiagnosticIds.EndlessOpen, Usage, Warning, "[OnOpen] should return",
        "Krait handles messages and starts [Run] only after [OnOpen] has returned.",
        "'{0}' never returns, and Krait handles no message before it does; move this code to a [Run] method");

    public static readonly DiagnosticDescriptor UnmappedLibrary = Rule(
        DiagnosticIds.UnmappedLibrary, Usage, Warning, "Applications should map the controllers of their libraries",
        "Clients of a controller that is not mapped get 404.",
        "The application does not map the controllers of '{0}', because MapWebSocketControllers() maps only those of its "
            + "own assembly; call MapWebSocketController<{1}>()");

    public static readonly DiagnosticDescriptor HeldDbContext = Rule(
        DiagnosticIds.HeldDbContext, Usage, Warning, "Controllers should not keep a DbContext",
        "A DbContext that lives as long as a connection keeps every entity that it has read, and shows old values.",
        "The controller '{0}' keeps '{1}' for the lifetime of its connection; take IDbContextFactory<{1}> and create a "
            + "context for each message");

    /// <remarks>It does not refuse the class: the runtime parses the same list at startup, and throws.</remarks>
    public static readonly DiagnosticDescriptor MalformedOrigin = Rule(
        DiagnosticIds.MalformedOrigin, Route, Error, "Allowed origins must be valid",
        "The application throws when it starts, because it cannot compare such an entry with an Origin header.",
        "'{0}' is not an origin, so the application will not start; write scheme://host or scheme://host:port without a "
            + "path, or * for all", refuses: false);

    public static readonly DiagnosticDescriptor InheritedHandler = Rule(
        DiagnosticIds.InheritedHandler, Handler, Warning, "Handlers should not be inherited from libraries",
        "Krait calls only handlers of the controller itself, because it may not be able to call those of another assembly.",
        "Krait does not call '{0}', because [{1}] has no effect in '{2}', which is not a controller; write an [{1}] "
            + "method in '{3}' that calls it");

    public static readonly DiagnosticDescriptor UnmakeableMessage = Rule(
        DiagnosticIds.UnmakeableMessage, Message, Error, "The serializer must be able to create received messages",
        "The serializer would throw at the first message.",
        "System.Text.Json cannot create a '{0}': {1}");

    public static readonly DiagnosticDescriptor WriteOnlyContext = Rule(
        DiagnosticIds.WriteOnlyContext, Message, Error, "JSON contexts must be able to read received messages",
        "The serializer would throw at the first received message.",
        "'{0}' can only write '{1}', because its GenerationMode is Serialization; remove GenerationMode");

    public static readonly DiagnosticDescriptor UncheckedNullability = Rule(
        DiagnosticIds.UncheckedNullability, Message, Info, "JSON contexts should check nullability",
        "By default, the serializer sets null where the type does not allow it, and the handler throws later.",
        "'{0}' may be null although its type is not nullable; set RespectNullableAnnotations and "
            + "RespectRequiredConstructorParameters on '{1}'");

    public static readonly DiagnosticDescriptor UncheckedValidation = Rule(
        DiagnosticIds.UncheckedValidation, Message, Info, "Handlers should validate messages",
        "Only ASP.NET Core's model binding checks such attributes, so the value may be invalid.",
        "Krait does not check [{0}] on '{1}'; check the value in the handler");

    public static readonly DiagnosticDescriptor UnfitRoom = Rule(
        DiagnosticIds.UnfitRoom, Route, Error, "Rooms must fit their controllers",
        "Krait joins the room before [OnOpen], so its name and its message type must be known then.",
        "The room '{0}' {1}");

    public static readonly DiagnosticDescriptor UnfitPolicy = Rule(
        DiagnosticIds.UnfitPolicy, Message, Error, "Policies for slow readers must fit their messages",
        "A room replaces or drops waiting messages, which needs a comparable key and must not lose a reply.",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor UnfitResume = Rule(
        DiagnosticIds.UnfitResume, Route, Error, "[Resume] must fit the room of its controller",
        "Krait lets a client come back to the room of its connection before [OnOpen], so there must be exactly one.",
        "The parameter '{0}' {1}");

    public static readonly DiagnosticDescriptor UnfitPresence = Rule(
        DiagnosticIds.UnfitPresence, Route, Error, "Presence must fit the rooms of its controller",
        "Krait calls [OnPresence] with the members of the controller's rooms, so all of them must have one known type.",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor UnfitPosition = Rule(
        DiagnosticIds.UnfitPosition, Message, Error, "Krait must be able to set [RoomPosition] properties",
        "A room writes the position of each message into the message before it sends it.",
        "'{0}' has [RoomPosition], but {1}");

    public static readonly DiagnosticDescriptor UnfitTraceParent = Rule(
        DiagnosticIds.UnfitTraceParent, Message, Error, "Krait must be able to read [TraceParent] properties",
        "Krait reads the parent of a message's span from the message.",
        "'{0}' has [TraceParent], but {1}");

    public static readonly DiagnosticDescriptor HandWrittenFanOut = Rule(
        DiagnosticIds.HandWrittenFanOut, Usage, Info, "Rooms should replace loops over connections",
        "A loop encodes the message for each connection, and one slow client delays all others.",
        "'{0}' sends the same message to each connection in a loop; use a room, which encodes it once and does not wait "
            + "for slow clients");

    /// <summary>Every rule.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, UnfitClass, NoUsableConstructor, NameTaken, NoHandler, HandlerOutsideController, Inaccessible, LanguageTooOld,
        UnwritableAttribute, LostAttribute, Unseen,
        MalformedPattern, SamePattern, MalformedProtocol, RepeatedProtocol, StrayRouteValue, Unbindable,
        UnfitHandler, RepeatedHandler, ContradictoryDelivery, AsyncVoidHandler, UnreachableHandler, UnhandledMessage,
        ForeignMessage, InstanceOnUpgrade, EndpointAttribute,
        NoJsonContext, SeveralJsonContexts, UnfitUnion, UnsendableReply, UnfitCodec, UncorrelatedReply, UnrelatedMessages,
        LimitOutOfRange,
        UnstoppableRun, BlockingCall, IgnoredSend, MissingMapping, HandWrittenLoop, SelfWait, KeptBuffer,
        EndlessOpen, UnmappedLibrary, HeldDbContext, MalformedOrigin, InheritedHandler, UnmakeableMessage, WriteOnlyContext,
        UncheckedNullability, UncheckedValidation,
        UnfitRoom, UnfitPolicy, UnfitResume, UnfitPresence, UnfitPosition, UnfitTraceParent, HandWrittenFanOut,
    ];

    private static DiagnosticDescriptor Rule(
        string id,
        string category,
        DiagnosticSeverity severity,
        string title,
        string description,
        string message,
        bool refuses = true) =>
        new(
            id,
            title,
            message,
            category,
            severity,
            isEnabledByDefault: true,
            description,
            HelpLinks + id + ".md",
            severity == Error && refuses ? [WellKnownDiagnosticTags.NotConfigurable] : []);
}
