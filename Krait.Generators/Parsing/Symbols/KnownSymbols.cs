using System.Runtime.CompilerServices;

namespace Krait.Generators.Parsing;

/// <summary>The types that the parser knows by name, as one compilation sees them.</summary>
internal sealed class KnownSymbols(CSharpCompilation compilation)
{
    private static readonly ConditionalWeakTable<Compilation, KnownSymbols> Cache = new();

    public const string ControllerAttributeName = "Krait.WebSocketControllerAttribute";
    public const string JsonSerializableAttributeName = "System.Text.Json.Serialization.JsonSerializableAttribute";

    public CSharpCompilation Compilation { get; } = WithAliases(compilation);

    /// <summary>The symbols for the generator, looked up once for all controllers.</summary>
    public static KnownSymbols Of(Compilation compilation) =>
        Cache.GetValue(compilation, static compilation => new((CSharpCompilation)compilation));

    /// <summary>
    /// The contexts of the project, if they are known while parsing. The generator adds them later, so that it can cache
    /// both.
    /// </summary>
    public Lazy<EquatableArray<JsonContextSpec>>? JsonContexts { get; init; }

    /// <summary>The controllers of the project by their routes, to compare them.</summary>
    public Lazy<ILookup<string, INamedTypeSymbol>> Controllers => field ??= new(() => (
        from type in Index.WithAttribute("WebSocketControllerAttribute")
        let attribute = Parsing.ControllerAttribute.Of(type, this)
        where attribute is not null
        select (Type: type, Key: RouteRules.Key(type, RoutePattern.Parse(attribute.Pattern ?? "")))).ToLookup(
            found => found.Key, found => found.Type));

    /// <summary>Finds types of the project by name, without looking at all of them.</summary>
    public ProjectIndex Index => field ??= new(Compilation);

    /// <summary>Whether the compilation contains the output of other generators.</summary>
    public bool HasGeneratedCode => JsonContexts is not null;

    public INamedTypeSymbol? ControllerAttribute { get; } = compilation.GetTypeByMetadataName(ControllerAttributeName);
    public INamedTypeSymbol? Connection { get; } = compilation.GetTypeByMetadataName("Krait.WebSocketConnection");
    public INamedTypeSymbol? ConnectionOfT { get; } = compilation.GetTypeByMetadataName("Krait.WebSocketConnection`1");
    public INamedTypeSymbol? MessageSender { get; } = compilation.GetTypeByMetadataName("Krait.IMessageSender`1");
    public INamedTypeSymbol? UpgradeRequest { get; } = compilation.GetTypeByMetadataName("Krait.UpgradeRequest");
    public INamedTypeSymbol? UpgradeDecision { get; } = compilation.GetTypeByMetadataName("Krait.UpgradeDecision");
    public INamedTypeSymbol? CloseInfo { get; } = compilation.GetTypeByMetadataName("Krait.CloseInfo");
    public INamedTypeSymbol? RawMessage { get; } = compilation.GetTypeByMetadataName("Krait.RawMessage");
    public INamedTypeSymbol? HttpContext { get; } = compilation.GetTypeByMetadataName("Microsoft.AspNetCore.Http.HttpContext");
    public INamedTypeSymbol? ClaimsPrincipal { get; } = compilation.GetTypeByMetadataName(
        "System.Security.Claims.ClaimsPrincipal");
    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");
    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");
    public INamedTypeSymbol? TaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");
    public INamedTypeSymbol? ValueTask { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask");
    public INamedTypeSymbol? ValueTaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1");
    public INamedTypeSymbol? AsyncEnumerable { get; } = compilation.GetTypeByMetadataName(
        "System.Collections.Generic.IAsyncEnumerable`1");
    public INamedTypeSymbol? ChannelReader { get; } = compilation.GetTypeByMetadataName(
        "System.Threading.Channels.ChannelReader`1");
    public INamedTypeSymbol? ReadOnlyMemory { get; } = compilation.GetTypeByMetadataName("System.ReadOnlyMemory`1");
    public INamedTypeSymbol? MessageDecoder { get; } = compilation.GetTypeByMetadataName("Krait.IMessageDecoder`1");
    public INamedTypeSymbol? MessageEncoder { get; } = compilation.GetTypeByMetadataName("Krait.IMessageEncoder`1");
    public INamedTypeSymbol? MessageCodecAttribute { get; } = compilation.GetTypeByMetadataName("Krait.MessageCodecAttribute");
    public INamedTypeSymbol? MaxMessageSize { get; } = compilation.GetTypeByMetadataName("Krait.MaxMessageSizeAttribute");
    public INamedTypeSymbol? MaxConnections { get; } = compilation.GetTypeByMetadataName("Krait.MaxConnectionsAttribute");
    public INamedTypeSymbol? RateLimit { get; } = compilation.GetTypeByMetadataName("Krait.RateLimitAttribute");
    public INamedTypeSymbol? CorrelationId { get; } = compilation.GetTypeByMetadataName("Krait.CorrelationIdAttribute");
    public INamedTypeSymbol? Guid { get; } = compilation.GetTypeByMetadataName("System.Guid");
    public INamedTypeSymbol? Exception { get; } = compilation.GetTypeByMetadataName("System.Exception");
    public INamedTypeSymbol? StringValues { get; } = compilation.GetTypeByMetadataName(
        "Microsoft.Extensions.Primitives.StringValues");
    public INamedTypeSymbol? Parsable { get; } = compilation.GetTypeByMetadataName("System.IParsable`1");
    public INamedTypeSymbol? JsonContext { get; } = compilation.GetTypeByMetadataName(
        "System.Text.Json.Serialization.JsonSerializerContext");
    public INamedTypeSymbol? JsonDerivedType { get; } = compilation.GetTypeByMetadataName(
        "System.Text.Json.Serialization.JsonDerivedTypeAttribute");
    public INamedTypeSymbol? RoomOfT { get; } = compilation.GetTypeByMetadataName("Krait.IRoom`1");
    public INamedTypeSymbol? RoomWithMembers { get; } = compilation.GetTypeByMetadataName("Krait.IRoom`2");
    public INamedTypeSymbol? RoomsWithMembers { get; } = compilation.GetTypeByMetadataName("Krait.IRooms`2");
    public INamedTypeSymbol? PresenceChange { get; } = compilation.GetTypeByMetadataName("Krait.PresenceChange`1");
    public INamedTypeSymbol? RoomAttribute { get; } = compilation.GetTypeByMetadataName("Krait.RoomAttribute");
    public INamedTypeSymbol? ResumeAttribute { get; } = compilation.GetTypeByMetadataName("Krait.ResumeAttribute");
    public INamedTypeSymbol? Resumption { get; } = compilation.GetTypeByMetadataName("Krait.Resumption");
    public INamedTypeSymbol? RoomPosition { get; } = compilation.GetTypeByMetadataName("Krait.RoomPositionAttribute");
    public INamedTypeSymbol? TraceParent { get; } = compilation.GetTypeByMetadataName("Krait.TraceParentAttribute");
    public INamedTypeSymbol? LostMessages { get; } = compilation.GetTypeByMetadataName("Krait.LostMessages");
    public INamedTypeSymbol? DrainInfo { get; } = compilation.GetTypeByMetadataName("Krait.DrainInfo");
    public INamedTypeSymbol? ExpirationInfo { get; } = compilation.GetTypeByMetadataName("Krait.ExpirationInfo");
    public INamedTypeSymbol? WhenSlow { get; } = compilation.GetTypeByMetadataName("Krait.WhenSlowAttribute");
    public INamedTypeSymbol? Equatable { get; } = compilation.GetTypeByMetadataName("System.IEquatable`1");
    public INamedTypeSymbol? Uncompressed { get; } = compilation.GetTypeByMetadataName("Krait.UncompressedAttribute");

    public INamedTypeSymbol? Sensitive { get; } = compilation.GetTypeByMetadataName("Krait.SensitiveAttribute");

    /// <summary>Whether Krait's assembly declares the type; other assemblies may use the same namespace.</summary>
    public bool IsKraits(ITypeSymbol type) => type.ContainingAssembly.Is(ControllerAttribute?.ContainingAssembly);

    public ITypeSymbol String => Compilation.GetSpecialType(SpecialType.System_String);

    private static CSharpCompilation WithAliases(CSharpCompilation compilation)
    {
        ExternAliases.Read(compilation);
        return compilation;
    }

    /// <summary>Every type of a namespace or type, nested ones too.</summary>
    public static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol place) =>
        place.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? Types(member).Prepend(type) : Types(member));

    public bool IsException(ITypeSymbol type) => Exception is not null && IsAssignable(type, Exception);

    /// <summary>
    /// Whether other generators may still add what the type lacks. Their output is visible only with
    /// <see cref="HasGeneratedCode"/>.
    /// </summary>
    public bool MayBeCompleted(ITypeSymbol type) =>
        type.IsMissing || (!HasGeneratedCode && type.GetAttributes().Length > 0 && IsPartial(type));

    /// <summary>Whether other files may add to the type.</summary>
    public static bool IsPartial(ITypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(part =>
            part.GetSyntax() is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>Whether a value of one type is a value of the other: the same type, a base type or an interface of it.</summary>
    /// <remarks>
    /// The compiler's own check allocates a lot. It is used only if variance, tuples, arrays or nullable values may matter.
    /// </remarks>
    public bool IsAssignable(ITypeSymbol from, ITypeSymbol to)
    {
        if (Inherits(from, to))
            return true;
        if (IsPlain(from) && IsPlain(to))
            return to.SpecialType == SpecialType.System_Object;

        var conversion = Compilation.ClassifyConversion(from, to);
        return conversion.IsIdentity || (conversion.IsImplicit && (conversion.IsReference || conversion.IsBoxing));
    }

    private static bool Inherits(ITypeSymbol from, ITypeSymbol to)
    {
        for (var type = from; type is not null; type = type.BaseType)
        {
            if (type.Is(to))
                return !from.IsRefLikeType || ReferenceEquals(type, from);
        }

        return to.TypeKind == TypeKind.Interface
            && !from.IsRefLikeType
            && from.AllInterfaces.Contains((INamedTypeSymbol)to, SymbolEqualityComparer.Default);
    }

    private static bool IsPlain(ITypeSymbol type) =>
        type is INamedTypeSymbol { IsGenericType: false, IsRefLikeType: false }
        && type.TypeKind is TypeKind.Class or TypeKind.Interface or TypeKind.Struct or TypeKind.Enum;
}
