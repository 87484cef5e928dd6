using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

/// <summary>A controller has as many [OnError] handlers as there are exceptions, so these show every shape of a reply at once.</summary>
public sealed class ReplyTests
{
    [Fact]
    public Task Every_shape_of_a_reply_that_is_a_reference() => GeneratedCode.Verify("""
        [WebSocketController("/replies")]
        public sealed partial class ReplyController
        {
            [OnOpen]
            async IAsyncEnumerable<string> Greet()
            {
                await Task.Yield();
                yield return "hello";
            }

            [OnMessage]
            async ValueTask<string?> Handle(string message)
            {
                await Task.Yield();
                return message.Length == 0 ? null : message;
            }

            [OnError]
            void Nothing(ArgumentException error) => Console.WriteLine(error);

            [OnError]
            Task LaterNothing(ArithmeticException error) => Task.CompletedTask;

            [OnError]
            ValueTask SoonNothing(FormatException error) => default;

            [OnError]
            string Now(IndexOutOfRangeException error) => error.Message;

            [OnError]
            string? NowOrNothing(InvalidCastException error) => error.HelpLink;

            [OnError]
            Task<string> Later(InvalidOperationException error) => Task.FromResult(error.Message);

            [OnError]
            Task<string?> LaterOrNothing(KeyNotFoundException error) => Task.FromResult(error.HelpLink);

            [OnError]
            ValueTask<string> Soon(NotSupportedException error) => new(error.Message);

            [OnError]
            IAsyncEnumerable<string> Many(TimeoutException error) => Greet();

            [OnError]
            IAsyncEnumerable<string>? ManyOrNothing(UnauthorizedAccessException error) => null;
        }
        """);

    [Fact]
    public Task Every_shape_of_a_reply_that_is_a_value() => GeneratedCode.Verify("""
        [WebSocketController("/replies")]
        public sealed partial class ReplyController
        {
            [OnOpen]
            async IAsyncEnumerable<ReadOnlyMemory<byte>> Greet()
            {
                await Task.Yield();
                yield return new byte[] { 1 };
            }

            [OnMessage]
            ValueTask<ReadOnlyMemory<byte>> Handle(ReadOnlyMemory<byte> message) => new(message);

            [OnError]
            ReadOnlyMemory<byte> Now(IndexOutOfRangeException error) => default;

            [OnError]
            ReadOnlyMemory<byte>? NowOrNothing(InvalidCastException error) => null;

            [OnError]
            Task<ReadOnlyMemory<byte>> Later(InvalidOperationException error) => Task.FromResult(default(ReadOnlyMemory<byte>));

            [OnError]
            Task<ReadOnlyMemory<byte>?> LaterOrNothing(KeyNotFoundException error) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

            [OnError]
            ValueTask<ReadOnlyMemory<byte>?> SoonOrNothing(NotSupportedException error) => default;

            [OnError]
            IAsyncEnumerable<ReadOnlyMemory<byte>> Many(TimeoutException error) => Greet();
        }
        """);

    [Fact]
    public Task Replies_of_derived_types_are_sent_as_what_the_controller_sends() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        public abstract record Answer(int Id);

        public sealed record Yes(int Id) : Answer(Id);

        public sealed record No(int Id) : Answer(Id);

        [JsonSerializable(typeof(Answer))]
        internal sealed partial class AnswerJson : JsonSerializerContext;

        [WebSocketController("/answers", Sends = typeof(Answer))]
        public sealed partial class AnswerController
        {
            [OnOpen]
            Task<Yes> Open() => Task.FromResult(new Yes(0));

            [OnMessage]
            async IAsyncEnumerable<No> Handle(string message)
            {
                await Task.Yield();
                yield return new No(message.Length);
            }

            [OnError]
            ValueTask<No?> Fail(FormatException error) => new((No?)null);

            [OnError]
            Yes Fail(ArgumentException error) => new(error.Message.Length);
        }
        """);
}
