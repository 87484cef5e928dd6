using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class MessageTypeTests
{
    [Fact]
    public Task Text() => GeneratedCode.Verify("""
        [WebSocketController("/text")]
        public sealed partial class TextController
        {
            [OnMessage]
            string Echo(string message) => message;
        }
        """);

    [Fact]
    public Task Arrays_of_bytes() => GeneratedCode.Verify("""
        [WebSocketController("/bytes")]
        public sealed partial class BytesController
        {
            [OnMessage]
            byte[] Echo(byte[] message) => message;
        }
        """);

    [Fact]
    public Task Memory_is_borrowed_by_events() => GeneratedCode.Verify("""
        [WebSocketController("/memory")]
        public sealed partial class MemoryController
        {
            [OnMessage]
            ReadOnlyMemory<byte> Echo(ReadOnlyMemory<byte> message) => message;
        }
        """);

    [Fact]
    public Task Memory_is_copied_for_queues() => GeneratedCode.Verify("""
        using System.Threading.Channels;

        [WebSocketController("/memory", Sends = typeof(byte[]))]
        public sealed partial class MemoryController
        {
            [Run]
            async Task Echo(ChannelReader<ReadOnlyMemory<byte>> messages, CancellationToken stopping)
            {
                await foreach (var message in messages.ReadAllAsync(stopping))
                    await SendAsync(message.ToArray(), stopping);
            }
        }
        """);

    [Fact]
    public Task Raw_messages_keep_their_frame_type() => GeneratedCode.Verify("""
        [WebSocketController("/echo", MaxMessageSize = 32 * 1024 * 1024)]
        public sealed partial class EchoController
        {
            [OnMessage]
            RawMessage Echo(RawMessage message) => message;
        }
        """);

    [Fact]
    public Task Generic_and_nested_json_types() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        public sealed class Envelopes
        {
            public readonly record struct Envelope<T>(int Id, T? Body);
        }

        [JsonSerializable(typeof(Envelopes.Envelope<Dictionary<string, int[]>>))]
        [JsonSerializable(typeof(List<Envelopes.Envelope<string?>>))]
        internal sealed partial class EnvelopeJson : JsonSerializerContext;

        [WebSocketController("/envelopes")]
        public sealed partial class EnvelopeController
        {
            [OnMessage]
            List<Envelopes.Envelope<string?>>? Open(Envelopes.Envelope<Dictionary<string, int[]>> message) =>
                message.Body?.Keys.Select(key => new Envelopes.Envelope<string?>(message.Id, key)).ToList();
        }
        """);

    [Fact]
    public Task The_named_context_is_taken_where_several_cover_the_type() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        public sealed record Note(string Text);

        [JsonSerializable(typeof(Note))]
        internal sealed partial class FirstJson : JsonSerializerContext;

        [JsonSerializable(typeof(Note))]
        [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        internal sealed partial class SecondJson : JsonSerializerContext;

        [WebSocketController("/notes", JsonContext = typeof(SecondJson))]
        public sealed partial class NoteController
        {
            [OnMessage]
            Note Keep(Note note) => note;
        }
        """);

    [Fact]
    public Task Members_are_only_as_accessible_as_internal_message_types() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        internal sealed record Secret(string Text);

        [JsonSerializable(typeof(Secret))]
        internal sealed partial class SecretJson : JsonSerializerContext;

        [WebSocketController("/secrets")]
        public sealed partial class SecretController
        {
            [OnMessage]
            Secret Echo(Secret secret) => secret;
        }
        """);

    [Fact]
    public async Task What_is_nullable_inside_a_message_type_raises_no_warning_in_generated_code() => await GeneratedCode.Generate(UserProject.Compile("""
        [System.Text.Json.Serialization.JsonSerializable(typeof(List<string>))]
        internal sealed partial class ListJson : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/lists", Receives = typeof(List<string>), Sends = typeof(List<string>))]
        public sealed partial class ListController
        {
            [OnOpen]
            Task<List<string?>> Greet() => Task.FromResult(new List<string?>());

            [OnMessage]
            List<string?> Echo(List<string?> message) => message;
        }
        """));

    [Fact]
    public Task Obsolete_message_types_raise_no_warning_in_generated_code() => GeneratedCode.Verify("""
        #pragma warning disable CS0612, CS0618
        using System.Text.Json.Serialization;

        [Obsolete]
        public sealed record Old(string Text);

        [Obsolete("There are better ones.")]
        public sealed record Older(string Text);

        [JsonSerializable(typeof(Old))]
        [JsonSerializable(typeof(Older))]
        internal sealed partial class OldJson : JsonSerializerContext;

        [WebSocketController("/old")]
        public sealed partial class OldController
        {
            [OnMessage]
            Older Age(Old message) => new(message.Text);
        }
        """);
}
