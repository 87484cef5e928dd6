using static Microsoft.CodeAnalysis.DiagnosticSeverity;

namespace Krait.Generators.Diagnostics;

/// <summary>Krait's rules. One that refuses a controller is an error and cannot be configured away, since nothing would serve the endpoint.</summary>
internal static class Rules
{
    private const string HelpLinks = "https://github.com/krait-dev/krait/blob/main/docs/diagnostics/";

    private const string Class = "Krait.Controller";
    private const string Route = "Krait.Routing";
    private const string Handler = "Krait.Handlers";
    private const string Message = "Krait.Messages";
    private const string Usage = "Krait.Usage";

    public static readonly DiagnosticDescriptor NotPartial = Rule(DiagnosticIds.NotPartial, Class, Error, "Controllers are partial",
        "'{0}' is not partial, so Krait cannot complete the controller '{1}'; add 'partial'");

    public static readonly DiagnosticDescriptor UnfitClass = Rule(DiagnosticIds.UnfitClass, Class, Error, "Controllers are ordinary classes",
        "The controller '{0}' is {1}, but for each connection Krait constructs an ordinary class; {2}");

    public static readonly DiagnosticDescriptor NoUsableConstructor = Rule(DiagnosticIds.NoUsableConstructor, Class, Error, "Controllers have one usable constructor",
        "The controller '{0}' {1}");

    public static readonly DiagnosticDescriptor NameTaken = Rule(DiagnosticIds.NameTaken, Class, Error, "Names of generated members are taken",
        "Krait generates a member '{0}' into the controller '{1}', but {2}");

    public static readonly DiagnosticDescriptor NoHandler = Rule(DiagnosticIds.NoHandler, Class, Warning, "Controllers have handlers",
        "The controller '{0}' has no handler, so it accepts connections and does nothing; add an [OnMessage] or a [Run] method");

    public static readonly DiagnosticDescriptor HandlerOutsideController = Rule(DiagnosticIds.HandlerOutsideController, Handler, Warning, "Handlers stand in controllers",
        "Nothing calls '{0}': [{1}] has no effect in '{2}', which is no controller; add [WebSocketController] to that, or move '{0}' into a controller");

    public static readonly DiagnosticDescriptor Inaccessible = Rule(DiagnosticIds.Inaccessible, Class, Error, "Controllers can be mapped",
        "'{0}' is less accessible than internal, so nothing could map the controller '{1}'; make it internal");

    public static readonly DiagnosticDescriptor LanguageTooOld = Rule(DiagnosticIds.LanguageTooOld, Class, Error, "Controllers need C# 14",
        "The controller '{0}' needs C# 14, but the project compiles as C# {1}; remove LangVersion from the project or raise it");

    public static readonly DiagnosticDescriptor UnwritableAttribute = Rule(DiagnosticIds.UnwritableAttribute, Class, Error, "Generated code can write the attributes of endpoints",
        "[{0}] must be on the endpoint of '{1}', but generated code cannot write it: {2}");

    public static readonly DiagnosticDescriptor LostAttribute = Rule(DiagnosticIds.LostAttribute, Class, Warning, "Generated code can write the attributes of controllers",
        "[{0}] is missing on the endpoint of '{1}', because generated code cannot write it: {2}");

    public static readonly DiagnosticDescriptor Unseen = Rule(DiagnosticIds.Unseen, Class, Error, "Controllers need nothing that other generators write",
        "Krait cannot complete '{0}': {1}");

    public static readonly DiagnosticDescriptor MalformedPattern = Rule(DiagnosticIds.MalformedPattern, Route, Error, "Route patterns are well-formed",
        "The route pattern '{0}' is malformed at position {1}: {2}");

    /// <remarks>It refuses no class: route groups may tell the two apart, and then its author may silence it. MapWebSocketControllers refuses to map both.</remarks>
    public static readonly DiagnosticDescriptor SamePattern = Rule(DiagnosticIds.SamePattern, Route, Error, "Controllers answer different patterns",
        "'{0}' and '{1}' both answer '{2}', and the router cannot choose between them; give one of them another pattern", refuses: false);

    public static readonly DiagnosticDescriptor StrayRouteValue = Rule(DiagnosticIds.StrayRouteValue, Route, Warning, "Route values are in the pattern and in a parameter",
        "The route value '{0}' {1}");

    public static readonly DiagnosticDescriptor MalformedProtocol = Rule(DiagnosticIds.MalformedProtocol, Route, Error, "Subprotocols are tokens",
        "'{0}' is no subprotocol: {1}");

    public static readonly DiagnosticDescriptor RepeatedProtocol = Rule(DiagnosticIds.RepeatedProtocol, Route, Warning, "Subprotocols are named once",
        "The subprotocol '{0}' is named twice; remove one");

    public static readonly DiagnosticDescriptor Unbindable = Rule(DiagnosticIds.Unbindable, Route, Error, "Parameters can be bound",
        "The parameter '{0}' cannot be bound: {1}");

    public static readonly DiagnosticDescriptor UnfitHandler = Rule(DiagnosticIds.UnfitHandler, Handler, Error, "Handlers have a signature that can be called",
        "'{0}' cannot serve as [{1}]: {2}");

    public static readonly DiagnosticDescriptor RepeatedHandler = Rule(DiagnosticIds.RepeatedHandler, Handler, Error, "Some handlers exist once",
        "'{0}' is a second [{1}] handler of '{2}', which can have one alone; call it from '{3}', or remove it");

    public static readonly DiagnosticDescriptor ContradictoryDelivery = Rule(DiagnosticIds.ContradictoryDelivery, Handler, Error, "Delivery and handlers agree",
        "'{0}' {1}");

    public static readonly DiagnosticDescriptor AsyncVoidHandler = Rule(DiagnosticIds.AsyncVoidHandler, Handler, Error, "Handlers are not async void",
        "'{0}' is async void, so nothing can wait for it or take what it throws; return ValueTask");

    public static readonly DiagnosticDescriptor UnreachableHandler = Rule(DiagnosticIds.UnreachableHandler, Handler, Error, "Handlers can be reached",
        "'{0}' is never called, since '{1}' already takes every {2}; remove one of them");

    public static readonly DiagnosticDescriptor UnhandledMessage = Rule(DiagnosticIds.UnhandledMessage, Message, Warning, "Every type of a union is handled",
        "No handler of '{0}' takes {1}, so such messages are invalid; add an [OnMessage] for each, or one that takes '{2}'");

    public static readonly DiagnosticDescriptor ForeignMessage = Rule(DiagnosticIds.ForeignMessage, Message, Error, "Handlers take what the controller receives",
        "'{0}' takes '{1}', but the controller receives {2}");

    public static readonly DiagnosticDescriptor InstanceOnUpgrade = Rule(DiagnosticIds.InstanceOnUpgrade, Handler, Error, "[OnUpgrade] is static",
        "'{0}' is called before the upgrade, when there is no controller yet; make it static");

    public static readonly DiagnosticDescriptor EndpointAttribute = Rule(DiagnosticIds.EndpointAttribute, Handler, Error, "Attributes of endpoints stand on the class",
        "[{0}] has no effect on the handler '{1}', since ASP.NET Core looks at endpoints only; move it to '{2}', or split the controller");

    public static readonly DiagnosticDescriptor NoJsonContext = Rule(DiagnosticIds.NoJsonContext, Message, Error, "JSON messages have metadata",
        "'{0}' cannot be a JSON message: {1}");

    public static readonly DiagnosticDescriptor SeveralJsonContexts = Rule(DiagnosticIds.SeveralJsonContexts, Message, Error, "JSON messages have metadata in one context",
        "Several contexts have [JsonSerializable(typeof({0}))]: {1}; name one of them as JsonContext");

    public static readonly DiagnosticDescriptor UnfitUnion = Rule(DiagnosticIds.UnfitUnion, Message, Error, "Unions can be told apart",
        "'{0}' cannot be a union of JSON messages: {1}");

    public static readonly DiagnosticDescriptor UnsendableReply = Rule(DiagnosticIds.UnsendableReply, Message, Error, "Replies can be sent",
        "'{0}' replies with '{1}', but the controller sends {2}");

    public static readonly DiagnosticDescriptor UnfitCodec = Rule(DiagnosticIds.UnfitCodec, Message, Error, "Codecs read or write the controller's messages",
        "'{0}' cannot serve as codec: {1}");

    public static readonly DiagnosticDescriptor UncorrelatedReply = Rule(DiagnosticIds.UncorrelatedReply, Message, Error, "Replies carry the id of what they answer",
        "The reply '{0}' cannot carry the [CorrelationId] of the message '{1}': {2}");

    public static readonly DiagnosticDescriptor UnrelatedMessages = Rule(DiagnosticIds.UnrelatedMessages, Message, Error, "Received messages are of one type or one union",
        "The handlers of '{0}' take {1}; {2}");

    public static readonly DiagnosticDescriptor LimitOutOfRange = Rule(DiagnosticIds.LimitOutOfRange, Class, Error, "Limits are in range",
        "{0} is {1}; {2}");

    public static readonly DiagnosticDescriptor BlockingCall = Rule(DiagnosticIds.BlockingCall, Usage, Warning, "Handlers do not block",
        "'{0}' blocks a thread that serves other connections too until '{1}' returns; await {2} instead");

    public static readonly DiagnosticDescriptor IgnoredSend = Rule(DiagnosticIds.IgnoredSend, Usage, Warning, "Sends and closes are awaited",
        "Nothing waits for '{0}', so the sender is not held back and its failure is lost; await it, or assign it to a discard");

    public static readonly DiagnosticDescriptor UnstoppableRun = Rule(DiagnosticIds.UnstoppableRun, Usage, Warning, "[Run] learns that the connection is going away",
        "'{0}' goes on when the connection is gone, since nothing tells it to stop; take a CancellationToken, or look at Stopping or ShouldStop");

    public static readonly DiagnosticDescriptor MissingMapping = Rule(DiagnosticIds.MissingMapping, Usage, Info, "Applications map their controllers",
        "The application runs without its WebSocket controllers, such as '{0}'; call MapWebSocketControllers() before");

    public static readonly DiagnosticDescriptor HandWrittenLoop = Rule(DiagnosticIds.HandWrittenLoop, Usage, Info, "Controllers receive messages",
        "The messages of this web socket are received in a loop written by hand; write a class with [WebSocketController], which gets them one by one, with keep-alive, limits and shutdown");

    public static readonly DiagnosticDescriptor SelfWait = Rule(DiagnosticIds.SelfWait, Usage, Warning, "Handlers do not wait for the end of their own connection",
        "'{0}' waits for its own connection to end, and the connection waits for '{0}' to return before '{1}' completes; use Stopping to learn that it is going away");

    public static readonly DiagnosticDescriptor KeptBuffer = Rule(DiagnosticIds.KeptBuffer, Usage, Warning, "Handlers copy what they keep of a buffer",
        "'{0}' keeps '{1}', whose bytes the next message overwrites once '{0}' has returned; copy them with ToArray()");

    /// <summary>Every rule.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All =
    [
        NotPartial, UnfitClass, NoUsableConstructor, NameTaken, NoHandler, HandlerOutsideController, Inaccessible, LanguageTooOld, UnwritableAttribute, LostAttribute, Unseen,
        MalformedPattern, SamePattern, MalformedProtocol, RepeatedProtocol, StrayRouteValue, Unbindable,
        UnfitHandler, RepeatedHandler, ContradictoryDelivery, AsyncVoidHandler, UnreachableHandler, UnhandledMessage, ForeignMessage, InstanceOnUpgrade, EndpointAttribute,
        NoJsonContext, SeveralJsonContexts, UnfitUnion, UnsendableReply, UnfitCodec, UncorrelatedReply, UnrelatedMessages, LimitOutOfRange,
        UnstoppableRun, BlockingCall, IgnoredSend, MissingMapping, HandWrittenLoop, SelfWait, KeptBuffer,
    ];

    private static DiagnosticDescriptor Rule(string id, string category, DiagnosticSeverity severity, string title, string message, bool refuses = true) =>
        new(id, title, message, category, severity, isEnabledByDefault: true, null, HelpLinks + id + ".md", severity == Error && refuses ? [WellKnownDiagnosticTags.NotConfigurable] : []);
}
