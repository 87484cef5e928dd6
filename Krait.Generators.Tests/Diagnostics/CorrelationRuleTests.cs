using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class CorrelationRuleTests
{
    [Theory]
    [InlineData("public sealed record Answer(int Id);")]
    [InlineData("public sealed record Answer([property: CorrelationId] long Id);")]
    [InlineData("public sealed record Answer([property: CorrelationId] int? Id);")]
    [InlineData("public sealed record Answer([property: CorrelationId] int Id, [property: CorrelationId] int Other);")]
    [InlineData("public sealed class Answer { [CorrelationId] public int Id { get; init; } }")]
    [InlineData("public sealed record Answer { [CorrelationId] public int Id => 1; }")]
    [InlineData("public sealed record Answer { [CorrelationId] public int Id { get; private set; } }")]
    public Task Replies_that_cannot_be_given_the_id(string reply) => Raises("public sealed record Question([property: CorrelationId] int Id);", reply);

    [Theory]
    [InlineData("public sealed record Question([property: CorrelationId] DateTime Id);")]
    [InlineData("public sealed record Question([property: CorrelationId] int Id, [property: CorrelationId] int Other);")]
    public Task Messages_whose_id_is_none(string message) => Raises(message, "public sealed record Answer([property: CorrelationId] int Id);");

    [Fact]
    public Task Replies_of_errors_carry_the_id_as_well() => WrongCode.Raises(DiagnosticIds.UncorrelatedReply, """
        using System.Text.Json.Serialization;

        public sealed record Question([property: CorrelationId] Guid Id);

        public sealed record Problem(string Text);

        [JsonSerializable(typeof(Question))]
        [JsonSerializable(typeof(Problem))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Ask(Question question) => Console.WriteLine(question);

            [OnError]
            [|Problem|] Fail(Exception error, Question? question) => new(error.Message + question);
        }
        """);

    [Fact]
    public Task A_reply_that_cannot_be_sent_is_told_that_alone() => WrongCode.Raises(DiagnosticIds.UnsendableReply, """
        using System.Text.Json.Serialization;

        public sealed record Question([property: CorrelationId] Guid Id);

        [JsonSerializable(typeof(Question))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Sends = typeof(string))]
        public sealed partial class A
        {
            [OnMessage]
            [|byte[]|] Ask(Question question) => question.Id.ToByteArray();
        }
        """);

    private static Task Raises(string message, string reply) => WrongCode.Raises(DiagnosticIds.UncorrelatedReply, $$"""
        using System.Text.Json.Serialization;

        {{message}}

        {{reply}}

        [JsonSerializable(typeof(Question))]
        [JsonSerializable(typeof(Answer))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            [|Answer?|] Ask(Question question) => null;
        }
        """);
}
