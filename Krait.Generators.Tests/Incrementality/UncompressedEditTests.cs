using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A controller that compresses and leaves writing to a codec looks at all types that it could send, wherever they stand.</summary>
public sealed class UncompressedEditTests
{
    [Theory]
    [InlineData("object", "class")]
    [InlineData("object", "record")]
    [InlineData("System.ValueType", "struct")]
    public void A_mark_on_a_type_that_names_no_base_is_seen_by_a_controller_that_sends_anything(string sends, string kind)
    {
        var controller = $$"""
            [MessageCodec(typeof(AnyCodec))]
            [WebSocketController("/any", Compression = true, Sends = typeof({{sends}}))]
            public sealed partial class AnyController
            {
                [OnMessage] void Take(string text) { }
            }

            public sealed class AnyCodec : IMessageEncoder<{{sends}}>
            {
                public System.Net.WebSockets.WebSocketMessageType Encode({{sends}} message, System.Buffers.IBufferWriter<byte> output) => default;
            }
            """;
        var run = GeneratorRun.Of(controller, $"public {kind} Secret {{ }}");
        var file = run.Input.SyntaxTrees[1];

        var again = run.Then(run.Input.ReplaceSyntaxTree(file, UserProject.Parse($"[Uncompressed] public {kind} Secret {{ }}", file.FilePath)));

        Assert.Equal(GeneratorRun.Of(again.Input).Texts, again.Texts);
        Assert.NotEqual(run.Texts, again.Texts);
    }
}
