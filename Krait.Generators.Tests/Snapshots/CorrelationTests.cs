using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class CorrelationTests
{
    [Fact]
    public Task Every_shape_of_a_reply_carries_the_id() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(One), 1)]
        [JsonDerivedType(typeof(Soon), 2)]
        [JsonDerivedType(typeof(Later), 3)]
        [JsonDerivedType(typeof(Many), 4)]
        [JsonDerivedType(typeof(Maybe), 5)]
        [JsonDerivedType(typeof(Silent), 6)]
        public abstract record Question([property: CorrelationId] string? Id);

        public sealed record One(string? Id) : Question(Id);

        public sealed record Soon(string? Id) : Question(Id);

        public sealed record Later(string? Id) : Question(Id);

        public sealed record Many(string? Id) : Question(Id);

        public sealed record Maybe(string? Id) : Question(Id);

        public sealed record Silent(string? Id) : Question(Id);

        public interface IAnswer;

        public sealed record Answer(string Text) : IAnswer
        {
            [CorrelationId]
            public string @event { get; init; } = "";
        }

        public sealed class Note : IAnswer
        {
            [CorrelationId]
            public string? Id { get; set; }
        }

        public record struct Number([property: CorrelationId] string? Id) : IAnswer;

        [JsonSerializable(typeof(Question))]
        [JsonSerializable(typeof(IAnswer))]
        internal sealed partial class QuestionJson : JsonSerializerContext;

        [WebSocketController("/questions", Sends = typeof(IAnswer))]
        public sealed partial class QuestionController
        {
            [OnMessage]
            Answer One(One one) => new("one");

            [OnMessage]
            async ValueTask<Answer?> Soon(Soon soon)
            {
                await Task.Yield();
                return null;
            }

            [OnMessage]
            Task<Note?> Later(Later later) => Task.FromResult<Note?>(new());

            [OnMessage]
            async IAsyncEnumerable<Number> Many(Many many)
            {
                await Task.Yield();
                yield return new("ignored");
            }

            [OnMessage]
            Number? Maybe(Maybe maybe) => null;

            [OnMessage]
            void Silent(Silent silent) => Console.WriteLine(silent);

            [OnError]
            Note Fail(InvalidOperationException error, Question? failed) => new() { Id = failed?.Id };

            [OnError]
            Task<Answer> Fail(Exception error) => Task.FromResult(new Answer(error.Message));
        }
        """);

    [Fact]
    public Task Nullable_values_and_numbers_as_ids() => GeneratedCode.Verify("""
        using System.Text.Json.Serialization;

        public interface IRequest
        {
            [CorrelationId]
            long? Number { get; }
        }

        public sealed record Get(long? Number) : IRequest;

        public record struct Got([property: CorrelationId] long? Number);

        [JsonSerializable(typeof(Get))]
        [JsonSerializable(typeof(Got))]
        internal sealed partial class GetJson : JsonSerializerContext;

        [WebSocketController("/get")]
        public sealed partial class GetController
        {
            [OnMessage]
            Task<Got?> Handle(Get get) => Task.FromResult<Got?>(new Got());

            [OnError]
            Got? Fail(Exception error, Get? get) => null;
        }
        """);
}
