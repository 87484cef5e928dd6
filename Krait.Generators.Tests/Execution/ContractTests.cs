using Krait.Generators.Diagnostics;
using Krait.Generators.Parsing;
using Krait.Generators.Specs;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

/// <summary>The contract of a controller says what its clients have to know, without the C# that serves them.</summary>
public sealed class ContractTests
{
    private const string Source = """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        [JsonDerivedType(typeof(Ask), "ask")]
        [JsonDerivedType(typeof(Tell), 2)]
        public abstract record Command;

        public sealed record Ask([property: CorrelationId] int Id, string Text) : Command;

        [MaxMessageSize(100)]
        public sealed record Tell(string Text) : Command;

        public sealed record Answer([property: CorrelationId] int Id, string Text);

        [JsonSerializable(typeof(Command))]
        [JsonSerializable(typeof(Answer))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/talk/{room}", Protocols = "talk.v2, talk.v1", MaxMessageSize = 1000)]
        public sealed partial class A(string room, [FromQuery] int limit = 7)
        {
            [OnMessage]
            Answer? Hear(Ask ask) => ask.Text.Length > limit ? null : new(ask.Id, room);

            [OnMessage]
            async IAsyncEnumerable<Answer> Follow(Tell tell)
            {
                await Task.Yield();
                yield return new(0, tell.Text);
            }
        }
        """;

    private static readonly ContractSpec Contract = Parse(Source);

    [Fact]
    public void The_upgrade_has_its_route_its_subprotocols_and_the_values_that_it_takes()
    {
        Assert.Equal("/talk/{room}", Contract.Pattern);
        Assert.Equal(["talk.v2", "talk.v1"], Contract.Protocols);
        Assert.Equal([new("MaxMessageSize", 1000)], Contract.Limits);
        Assert.Equal(
            [(ParameterSource.Route, "room", false, null), (ParameterSource.Query, "limit", true, "7")],
            Contract.Parameters.Select(value => (value.Source, value.Key, value.IsOptional, value.Default?.Text)));
    }

    [Fact]
    public void What_is_received_has_its_cases_with_their_discriminators_and_limits()
    {
        Assert.Equal("Command", Contract.Receives.Type.DisplayName);
        Assert.Equal(
            [("Ask", ConstantKind.Text, "ask"), ("Tell", ConstantKind.Number, "2")],
            Contract.Receives.Cases.Select(one => (one.Name, one.Discriminator!.Kind, one.Discriminator.Text)));
        Assert.Equal([("Tell", 100)], Contract.Receives.Limits.Select(limit => (limit.Type.DisplayName, limit.Bytes)));
    }

    [Fact]
    public void Operations_have_their_replies_and_the_ids_that_tie_these_to_messages()
    {
        var (hear, follow) = (Contract.Operations[0], Contract.Operations[1]);
        Assert.Equal((HandlerKind.OnMessage, "Ask"), (hear.Kind, hear.Message!.DisplayName));
        Assert.Equal(("Answer", false, ReplyNull.Reference), (hear.Reply!.Type.DisplayName, hear.Reply.IsStream, hear.Reply.Null));
        Assert.Equal(("Id", "Id"), (hear.Reply.Correlation!.Id, hear.Reply.Correlation.ReplyId));
        Assert.Equal(("Answer", true, ReplyNull.Never), (follow.Reply!.Type.DisplayName, follow.Reply.IsStream, follow.Reply.Null));
        Assert.Null(follow.Reply.Correlation);
    }

    [Fact]
    public void How_the_controller_is_written_is_no_part_of_it()
    {
        var rewritten = Source.Replace("Hear(Ask ask) =>", "Listen(Ask ask, [FromServices] TimeProvider time) =>", StringComparison.Ordinal)
            .Replace("class A(", "class A(TimeProvider clock, ", StringComparison.Ordinal)
            .Replace("async IAsyncEnumerable<Answer> Follow(", "static async IAsyncEnumerable<Answer> Follow(", StringComparison.Ordinal)
            .Replace("[WebSocketController(", "[Obsolete] [WebSocketController(", StringComparison.Ordinal)
            .Replace("MaxMessageSize = 1000", "MaxMessageSize = 1000, AllowedOrigins = \"*\"", StringComparison.Ordinal);
        Assert.Equal(Contract, Parse(rewritten));
    }

    private static ContractSpec Parse(string source)
    {
        var project = UserProject.Compile(source);
        var spec = ControllerParser.Parse(project.GetTypeByMetadataName("A")!, KnownSymbols.Of(project), new Findings(), default);
        Assert.Null(spec!.Refusal);
        return spec.Contract;
    }
}
