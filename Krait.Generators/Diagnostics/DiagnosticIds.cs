namespace Krait.Generators.Diagnostics;

/// <summary>The ids of Krait's diagnostics; each has a page in docs/diagnostics.</summary>
internal static class DiagnosticIds
{
    public const string NotPartial = "KRAIT001";
    public const string UnfitClass = "KRAIT002";
    public const string NoUsableConstructor = "KRAIT003";
    public const string NameTaken = "KRAIT004";
    public const string NoHandler = "KRAIT005";
    public const string HandlerOutsideController = "KRAIT006";
    public const string Inaccessible = "KRAIT007";
    public const string LanguageTooOld = "KRAIT008";
    public const string UnwritableAttribute = "KRAIT012";
    public const string LostAttribute = "KRAIT013";
    public const string Unseen = "KRAIT014";
    public const string MalformedPattern = "KRAIT020";
    public const string SamePattern = "KRAIT021";
    public const string MalformedProtocol = "KRAIT022";
    public const string RepeatedProtocol = "KRAIT023";
    public const string StrayRouteValue = "KRAIT024";
    public const string Unbindable = "KRAIT025";
    public const string MalformedOrigin = "KRAIT026";
    public const string UnfitRoom = "KRAIT027";
    public const string UnfitHandler = "KRAIT040";
    public const string RepeatedHandler = "KRAIT041";
    public const string ContradictoryDelivery = "KRAIT042";
    public const string AsyncVoidHandler = "KRAIT043";
    public const string UnreachableHandler = "KRAIT044";
    public const string UnhandledMessage = "KRAIT045";
    public const string ForeignMessage = "KRAIT046";
    public const string InstanceOnUpgrade = "KRAIT047";
    public const string UnstoppableRun = "KRAIT048";
    public const string EndpointAttribute = "KRAIT049";
    public const string InheritedHandler = "KRAIT050";
    public const string NoJsonContext = "KRAIT070";
    public const string SeveralJsonContexts = "KRAIT071";
    public const string UnfitUnion = "KRAIT072";
    public const string UnsendableReply = "KRAIT073";
    public const string UnfitCodec = "KRAIT074";
    public const string UncorrelatedReply = "KRAIT075";
    public const string UnrelatedMessages = "KRAIT076";
    public const string LimitOutOfRange = "KRAIT077";
    public const string UnmakeableMessage = "KRAIT078";
    public const string WriteOnlyContext = "KRAIT079";
    public const string UncheckedNullability = "KRAIT080";
    public const string UncheckedValidation = "KRAIT081";
    public const string UnfitPolicy = "KRAIT082";
    public const string BlockingCall = "KRAIT090";
    public const string IgnoredSend = "KRAIT091";
    public const string MissingMapping = "KRAIT092";
    public const string HandWrittenLoop = "KRAIT093";
    public const string SelfWait = "KRAIT094";
    public const string KeptBuffer = "KRAIT095";
    public const string EndlessOpen = "KRAIT096";
    public const string UnmappedLibrary = "KRAIT097";
    public const string HeldDbContext = "KRAIT098";
    public const string HandWrittenFanOut = "KRAIT099";
}
