using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>What the serializer can tell apart, Krait tells apart, and so do its sentences.</summary>
public sealed class MessageNameTests
{
    [Fact]
    public Task A_number_and_a_text_are_different_discriminators() => WrongCode.RaisesNothing("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Say), 1)]
        [JsonDerivedType(typeof(Hush), "1")]
        public abstract record Message;

        public sealed record Say : Message;

        public sealed record Hush : Message;

        [JsonSerializable(typeof(Message))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] void Hear(Message message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_JsonNode_may_be_received() => WrongCode.RaisesNothing("""
        [System.Text.Json.Serialization.JsonSerializable(typeof(System.Text.Json.Nodes.JsonNode))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] void Hear(System.Text.Json.Nodes.JsonNode message) => Console.WriteLine(message);
        }
        """);

    [Theory]
    [InlineData(DiagnosticIds.ForeignMessage, "Receives = typeof(Old.Say)", "void Hear(New.Say message) { }", "'Hear' takes 'New.Say', but the controller receives 'Old.Say'; take that type, or change Receives")]
    [InlineData(DiagnosticIds.UnsendableReply, "Sends = typeof(Old.Say)", "New.Say Hear(string message) => new();", "'Hear' replies with 'New.Say', but the controller sends 'Old.Say'; reply with that type, or set Sends to a common base type")]
    public async Task Two_types_of_one_name_are_told_apart(string id, string argument, string handler, string text)
    {
        var run = GeneratorRun.Of($$"""
            namespace Old
            {
                public sealed record Say;
            }

            namespace New
            {
                public sealed record Say;
            }

            [System.Text.Json.Serialization.JsonSerializable(typeof(Old.Say))]
            internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

            [WebSocketController("/a", {{argument}})]
            public sealed partial class A
            {
                [OnMessage] {{handler}}
            }
            """);

        var diagnostic = Assert.Single(await KraitAnalyzers.Analyze(run.Output));
        Assert.Equal((id, text), (diagnostic.Id, diagnostic.GetMessage(null)));
    }
}
