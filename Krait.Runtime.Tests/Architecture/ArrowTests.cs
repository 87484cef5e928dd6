namespace Krait.Runtime.Tests.Architecture;

/// <summary>Holds who may know whom in the runtime: Hosting -> Controllers -> Rooms -> Connections, Upgrading, Messaging -> Transport; all but Transport -> Telemetry.</summary>
/// <remarks>The public types (namespace Krait) and those that generated code calls may know all, and all may know them.</remarks>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Hosting"] = ["Controllers", "Rooms", "Connections", "Upgrading", "Messaging", "Transport", "Telemetry"],
        ["Controllers"] = ["Rooms", "Connections", "Upgrading", "Messaging", "Transport", "Telemetry"],
        ["Rooms"] = ["Connections", "Messaging", "Transport", "Telemetry"],
        ["Connections"] = ["Transport"],
        ["Upgrading"] = ["Transport", "Telemetry"],
        ["Messaging"] = ["Transport", "Telemetry"],
        ["Transport"] = [],
        ["Telemetry"] = [],
    };

    private static readonly string[] Free = ["Krait", "Krait.CompilerServices"];

    private static readonly IReadOnlyList<Arrow> Arrows = [.. FindArrows().Distinct()];

    [Fact]
    public void Every_namespace_has_a_place() => Assert.Equal([], OwnTypes().Select(Layer).Except(MayKnow.Keys));

    [Fact]
    public void Arrows_point_one_way() => Assert.Equal([], Arrows.Where(static arrow => !IsAllowed(arrow)));

    [Theory]
    [InlineData("Hosting -> Upgrading.OpeningHandshake")] // called in a method
    [InlineData("Controllers -> Upgrading.UpgradeRefusal")] // a local variable of an async method
    [InlineData("Upgrading -> Transport.TransportOptions")] // a parameter
    [InlineData("Messaging -> Transport.MessageTransport")] // a field
    public void Arrows_are_found_wherever_they_are(string name) => Assert.Contains(name, Arrows.Select(static arrow => arrow.Name));

    private static bool IsAllowed(Arrow arrow) => arrow.From == arrow.To || MayKnow[arrow.From].Contains(arrow.To);

    private static IEnumerable<Arrow> FindArrows() =>
        from type in OwnTypes()
        from other in TypeReferences.Of(type)
        where IsOwn(other)
        select new Arrow(Layer(type), Layer(other), other.Name.Split('`')[0], TypeReferences.Outermost(type).Name);

    private static IEnumerable<Type> OwnTypes() => typeof(WebSocketConnection).Assembly.GetTypes().Where(IsOwn);

    private static bool IsOwn(Type type) =>
        type.Assembly == typeof(WebSocketConnection).Assembly
        && type.Namespace is { } name && name.StartsWith("Krait", StringComparison.Ordinal) && !Free.Contains(name);

    /// <summary>The folder: what follows <c>Krait.</c>, without the names of subfolders.</summary>
    private static string Layer(Type type) => type.Namespace!.Split('.')[1];

    private sealed record Arrow(string From, string To, string Type, string Culprit)
    {
        public string Name => $"{From} -> {To}.{Type}";
    }
}
