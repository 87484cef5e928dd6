using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class TraceParentTests
{
    [Fact]
    public Task Types_of_a_union_have_a_parent_of_their_own() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Loud), "loud")]
        [JsonDerivedType(typeof(Leave), "leave")]
        public interface IChat;

        public record Say(string Text, [property: TraceParent] string? Trace = null) : IChat;

        public sealed record Loud(string Text) : Say(Text);

        public readonly record struct Leave([property: TraceParent] string Trace) : IChat;

        [JsonSerializable(typeof(IChat))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        [WebSocketController("/chat", Sends = typeof(string))]
        public sealed partial class ChatController
        {
            [OnMessage] void Hear(Say say) { }
            [OnMessage] void Hear(Leave leave) { }
        }
        """);

    [Fact]
    public Task A_base_has_the_parent_of_all_messages() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Leave), "leave")]
        public abstract record Chat
        {
            [TraceParent]
            public string? Trace { get; init; }
        }

        public sealed record Say(string Text) : Chat;

        public sealed record Leave : Chat;

        [JsonSerializable(typeof(Chat))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        [WebSocketController("/chat", Sends = typeof(string))]
        public sealed partial class ChatController
        {
            [OnMessage] void Hear(Say say) { }
            [OnMessage] void Hear(Leave leave) { }
        }
        """);
}
