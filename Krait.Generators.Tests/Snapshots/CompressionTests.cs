using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class CompressionTests
{
    private const string Union = """
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Headline), "headline")]
        [JsonDerivedType(typeof(Password), "password")]
        [JsonDerivedType(typeof(OneTimePassword), "oneTimePassword")]
        [JsonDerivedType(typeof(Key), "key")]
        public abstract record News;

        public sealed record Headline(string Text) : News;

        [Uncompressed]
        public record Password(string Text) : News;

        public sealed record OneTimePassword(string Text) : Password(Text);

        [Uncompressed]
        public interface ISecret;

        public sealed record Key(string Text) : News, ISecret;

        [JsonSerializable(typeof(News))]
        internal sealed partial class NewsJson : JsonSerializerContext;

        """;

    [Fact]
    public Task Marked_types_of_a_union_are_sent_uncompressed() => GeneratedCode.Verify(Union + """
        [WebSocketController("/news", Sends = typeof(News), Compression = true)]
        public sealed partial class NewsController;
        """);

    [Fact]
    public Task A_marked_type_by_itself_is_always_sent_uncompressed() => GeneratedCode.Verify(Union + """
        [JsonSerializable(typeof(Password))]
        internal sealed partial class PasswordJson : JsonSerializerContext;

        [WebSocketController("/passwords", Sends = typeof(Password), Compression = true)]
        public sealed partial class PasswordController;
        """);

    [Fact]
    public async Task Without_compression_nobody_asks_for_the_mark()
    {
        var run = await GeneratedCode.Generate(UserProject.Compile(Union + """
            [WebSocketController("/news", Sends = typeof(News))]
            public sealed partial class NewsController;
            """));

        Assert.DoesNotContain("ompress", string.Concat(run.Sources.Select(source => source.SourceText.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_codec_writes_is_uncompressed_if_its_own_type_is_marked()
    {
        var run = await GeneratedCode.Generate(UserProject.Compile("""
            using System.Buffers;
            using System.Net.WebSockets;

            public abstract record Item;

            public sealed record Open(string Text) : Item;

            public static class Vault
            {
                [Uncompressed]
                internal sealed record Hidden(string Text) : Item;
            }

            public sealed class ItemEncoder : IMessageEncoder<Item>
            {
                public WebSocketMessageType Encode(Item message, IBufferWriter<byte> output) => WebSocketMessageType.Binary;
            }

            [WebSocketController("/vault", Sends = typeof(Item), Compression = true)]
            [MessageCodec(typeof(ItemEncoder))]
            public sealed partial class VaultController;
            """));

        Assert.Contains("IsUncompressed = static message => message is global::Vault.Hidden,", string.Concat(run.Sources.Select(source => source.SourceText.ToString())), StringComparison.Ordinal);
    }

    // System.Text.Json cannot describe such a type, but a codec could.
    [Fact]
    public void A_marked_type_that_cannot_be_named_leaves_everything_uncompressed()
    {
        var run = GeneratorRun.Of("""
            using System.Text.Json.Serialization;

            public static partial class Vault
            {
                [JsonDerivedType(typeof(Hidden), "hidden")]
                public abstract record Item;

                [Uncompressed]
                private sealed record Hidden : Item;

                [JsonSerializable(typeof(Item))]
                internal sealed partial class VaultJson : JsonSerializerContext;
            }

            [WebSocketController("/vault", Sends = typeof(Vault.Item), Compression = true)]
            public sealed partial class VaultController;
            """);

        Assert.Contains("IsUncompressed = static _ => true,", string.Concat(run.Sources.Select(source => source.SourceText.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void The_types_of_the_framework_are_not_searched_for_marks()
    {
        var project = UserProject.Compile("""
            using System.Buffers;
            using System.Net.WebSockets;

            public record Item;

            public sealed class ItemEncoder : IMessageEncoder<Item>
            {
                public WebSocketMessageType Encode(Item message, IBufferWriter<byte> output) => WebSocketMessageType.Binary;
            }

            [WebSocketController("/items", Sends = typeof(Item), Compression = true)]
            [MessageCodec(typeof(ItemEncoder))]
            public sealed partial class ItemController;
            """);
        Parse(); // the compiler remembers what it looked up

        var before = GC.GetAllocatedBytesForCurrentThread();
        Parse();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);

        void Parse() => ControllerParser.Parse(project.GetTypeByMetadataName("ItemController")!, KnownSymbols.Of(project), new Findings(), TestContext.Current.CancellationToken);
    }
}
