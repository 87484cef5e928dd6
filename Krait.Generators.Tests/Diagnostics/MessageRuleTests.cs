using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class MessageRuleTests
{
    [Fact]
    public Task A_message_type_that_no_context_covers() => WrongCode.Raises(DiagnosticIds.NoJsonContext, """
        public sealed record Say(string Text);

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear([|Say|] message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_reply_type_that_no_context_covers() => WrongCode.Raises(DiagnosticIds.NoJsonContext, """
        public sealed record Said(string Text);

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            [|Said|] Hear(string message) => new(message);
        }
        """);

    [Fact]
    public Task A_message_type_whose_context_nobody_completes() => WrongCode.Raises(
        DiagnosticIds.NoJsonContext,
        """
        using System.Text.Json.Serialization;

        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear([|Say|] message) => Console.WriteLine(message);
        }
        """,
        "CS0534",
        "CS0534",
        "CS7036");

    [Fact]
    public Task A_message_type_that_the_named_context_does_not_cover() => WrongCode.Raises(DiagnosticIds.NoJsonContext, """
        using System.Text.Json.Serialization;

        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class RightJson : JsonSerializerContext;

        [JsonSerializable(typeof(int))]
        internal sealed partial class WrongJson : JsonSerializerContext;

        [WebSocketController("/a", JsonContext = [|typeof(WrongJson)|])]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(Say message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_message_type_that_several_contexts_cover() => WrongCode.Raises(DiagnosticIds.SeveralJsonContexts, """
        using System.Text.Json.Serialization;

        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class FirstJson : JsonSerializerContext;

        [JsonSerializable(typeof(Say))]
        internal sealed partial class SecondJson : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear([|Say|] message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_reply_that_is_not_what_the_controller_sends() => WrongCode.Raises(DiagnosticIds.UnsendableReply, """
        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A
        {
            [OnMessage]
            [|byte[]|] Hear(string message) => new byte[message.Length];
        }
        """);

    [Fact]
    public Task A_handler_that_takes_what_the_controller_does_not_receive() => WrongCode.Raises(DiagnosticIds.ForeignMessage, """
        [WebSocketController("/a", Receives = typeof(byte[]))]
        public sealed partial class A
        {
            [OnMessage]
            void Hear([|string|] message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Handlers_that_take_unrelated_types() => WrongCode.Raises(DiagnosticIds.UnrelatedMessages, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void HearText(string message) => Console.WriteLine(message);

            [OnMessage]
            void HearNumbers([|List<int>|] message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Two_handlers_of_binary_frames_beside_text() => WrongCode.Raises(DiagnosticIds.UnreachableHandler, """
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void HearText(string message) => Console.WriteLine(message);

            [OnMessage]
            void HearBytes(byte[] message) => Console.WriteLine(message);

            [OnMessage]
            void HearMemory([|ReadOnlyMemory<byte>|] message) => Console.WriteLine(message);
        }
        """);
}
