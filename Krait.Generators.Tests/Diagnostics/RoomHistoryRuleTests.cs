using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>[Resume] and [RoomPosition]: KRAIT028 and KRAIT083.</summary>
public sealed class RoomHistoryRuleTests
{
    [Theory]
    [InlineData("", "[OnMessage] void Hear([Resume] Resumption [|at|]) { }")]
    [InlineData("", "[OnMessage] void Hear(string text, [Resume] Resumption [|at|]) { }")]
    [InlineData("", "[OnUpgrade] static UpgradeDecision Decide([Resume] Resumption [|at|]) => UpgradeDecision.Accept();")]
    [InlineData("", "[OnOpen] void Enter([Resume(From = [|null!|])] Resumption at) { }")]
    [InlineData(", [Resume] Resumption [|at|]", "[OnOpen] void Enter() => Console.WriteLine(at);")]
    [InlineData(", Resumption [|at|]", "[OnOpen] void Enter() => Console.WriteLine(at);")]
    public Task A_resumption_that_Krait_cannot_give(string parameter, string members) =>
        WrongCode.Raises(DiagnosticIds.UnfitResume, Controller(parameter, members));

    [Theory]
    [InlineData("[Resume] Resumption? at")]
    [InlineData("[Resume(From = \"last\")] Resumption at, [Microsoft.AspNetCore.Mvc.FromQuery] string? last")]
    [InlineData("[Resume] Resumption bind, CancellationToken stopping")]
    public Task Resumptions_that_fit(string parameters) => WrongCode.RaisesNothing(Controller("", $"[OnOpen] void Enter({parameters}) {{ }}"));

    [Theory]
    [InlineData("public sealed record Tick { [[|RoomPosition|]] public string? At => null; }")]
    [InlineData("public sealed record Tick { [[|RoomPosition|]] public string? At { get; private set; } }")]
    [InlineData("public sealed class Tick { [[|RoomPosition|]] public string? At { get; init; } }")]
    [InlineData("public sealed class Tick { [[|RoomPosition|]] public Guid At { get; set; } }")]
    [InlineData("public interface IPositioned { [RoomPosition] string? At { get; } } public sealed class Tick : IPositioned { public string? [|At|] => null; }")]
    [InlineData("public abstract record Basis { [[|RoomPosition|]] public string? At { get; init; } } public sealed record Tick([property: RoomPosition] string? On) : Basis;")]
    public Task Positions_that_cannot_be_set(string type) => WrongCode.Raises(DiagnosticIds.UnfitPosition, Sending(type));

    [Theory]
    [InlineData("public sealed class Tick { [RoomPosition] public string At { get; set; } = \"\"; }")]
    [InlineData("public struct Tick { [RoomPosition] public string? At { get; set; } }")]
    [InlineData("public sealed record Tick { [RoomPosition] public required string At { get; init; } }")]
    [InlineData("public sealed record Tick; public sealed record Unsent { [RoomPosition] public int At { get; init; } }")]
    public Task Positions_that_can_be_set(string type) => WrongCode.RaisesNothing(Sending(type));

    private static string Controller(string parameter, string members) => $$"""
        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A([Room("a")] IRoom<string> room{{parameter}})
        {
            {{members}}
            public override string ToString() => room.Name;
        }
        """;

    private static string Sending(string type) => $$"""
        using System.Text.Json.Serialization;

        {{type}}

        [JsonSerializable(typeof(Tick))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(Tick))]
        public sealed partial class A([Room("a")] IRoom<Tick> room)
        {
            public override string ToString() => room.Name;
        }
        """;
}
