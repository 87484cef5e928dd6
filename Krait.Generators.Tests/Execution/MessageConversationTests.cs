using System.Net.WebSockets;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Execution;

/// <summary>Unions, codecs and ids, as generated, spoken to by a client.</summary>
public sealed class MessageConversationTests
{
    [Fact]
    public async Task Everything_that_a_controller_says_may_be_of_one_union()
    {
        await using var project = await RunningProject.Start("""
            using System.Text.Json.Serialization;

            namespace Game.@event;

            public static class Words
            {
                [JsonDerivedType(typeof(Fresh), "new")]
                [JsonDerivedType(typeof(Lost), -1)]
                [JsonDerivedType(typeof(Score), "score")]
                internal interface IEvent;

                internal sealed record Fresh(string Name) : IEvent;

                internal readonly record struct Lost(string Why) : IEvent;

                internal sealed class Score : IEvent
                {
                    public int Points { get; set; }
                }
            }

            [JsonSerializable(typeof(Words.IEvent))]
            internal sealed partial class GameJson : JsonSerializerContext;

            [WebSocketController("/game")]
            internal sealed partial class GameController
            {
                [OnOpen]
                Words.Fresh Open() => new("ada");

                [OnMessage]
                Words.Score Play(string message) => message.Length > 0 ? new() { Points = message.Length } : throw new ArgumentException("nothing");

                [OnError]
                Words.Lost? Fail(ArgumentException error) => new(error.Message);
            }
            """);
        using var client = await project.Connect("/game");

        Assert.Equal("""{"$type":"new","Name":"ada"}""", await client.Hear());
        await client.Say("four");
        Assert.Equal("""{"$type":"score","Points":4}""", await client.Hear());
        await client.Say("");
        Assert.Equal("""{"$type":-1,"Why":"nothing"}""", await client.Hear());
    }

    [Fact]
    public async Task A_codec_is_closed_over_what_it_reads_and_what_it_writes()
    {
        await using var project = await RunningProject.Start("""
            using System.Buffers;
            using System.Globalization;
            using System.Net.WebSockets;
            using System.Text;

            public sealed class Plain<T>(int skip = 1) : IMessageCodec<T>
                where T : IParsable<T>
            {
                public T Decode(in ReceivedMessage message) => T.Parse($"{message.Protocol}{Encoding.UTF8.GetString(message.Payload)}"[skip..], CultureInfo.InvariantCulture);

                public WebSocketMessageType Encode(T message, IBufferWriter<byte> output)
                {
                    Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name} {message}"), output);
                    return WebSocketMessageType.Text;
                }
            }

            [WebSocketController("/double", Protocols = "a, b")]
            [MessageCodec(typeof(Plain<>), Protocol = "b")]
            [MessageCodec(typeof(Plain<>), Protocol = "a")]
            public sealed partial class DoubleController
            {
                [OnMessage]
                double Half(int number) => number / 2.0;
            }
            """);
        using var client = await project.Connect("/double", "b");

        await client.Say("3");
        Assert.Equal("Double 1.5", await client.Hear());
        await client.Say("x");
        Assert.Equal("[1007]", await client.Hear());
    }

    [Fact]
    public async Task A_protocol_that_no_codec_serves_is_refused_before_the_upgrade()
    {
        await using var project = await RunningProject.Start("""
            using System.Text;

            public sealed class Upper : IMessageDecoder<string>
            {
                public string Decode(in ReceivedMessage message) => Encoding.UTF8.GetString(message.Payload).ToUpperInvariant();
            }

            [WebSocketController("/upper", Protocols = "upper")]
            [MessageCodec(typeof(Upper), Protocol = "upper")]
            public sealed partial class UpperController
            {
                [OnUpgrade]
                static UpgradeDecision Choose(UpgradeRequest request) => UpgradeDecision.Accept(request.Protocols[^1]);

                [OnMessage]
                string Echo(string message) => message;
            }
            """);
        using var client = await project.Connect("/upper", "upper");
        await client.Say("loud");
        Assert.Equal("LOUD", await client.Hear());

        using var other = new ClientWebSocket();
        await Assert.ThrowsAsync<WebSocketException>(() => project.Connect(other, "/upper", "upper", "lower"));
        Assert.Equal(System.Net.HttpStatusCode.InternalServerError, other.HttpStatusCode);
    }

    [Fact]
    public async Task A_union_of_another_assembly_is_one_all_the_same()
    {
        var contract = CSharpCompilation.Create(
            "Contract",
            [
                UserProject.Parse(UserProject.ImplicitUsings, "Usings.cs"),
                UserProject.Parse("""
                    using System.Text.Json.Serialization;

                    namespace Contract;

                    [MaxMessageSize(64)]
                    [JsonDerivedType(typeof(Ask), "ask")]
                    [JsonDerivedType(typeof(Bye), "bye")]
                    public abstract class Request
                    {
                        [CorrelationId]
                        public Guid Id { get; set; }
                    }

                    public class Ask : Request;

                    public sealed class Bye : Request;

                    public record struct Answer(string Text)
                    {
                        [CorrelationId]
                        public Guid For { get; init; }
                    }
                    """, "Contract.cs"),
            ],
            UserProject.References,
            UserProject.Options);
        var project = UserProject.Compile("""
            using System.Text.Json.Serialization;
            using Contract;

            [JsonSerializable(typeof(Request))]
            [JsonSerializable(typeof(Answer))]
            internal sealed partial class Json : JsonSerializerContext;

            [WebSocketController("/ask")]
            public sealed partial class AskController
            {
                [OnMessage]
                Answer? Reply(Ask ask) => new("yes");

                [OnMessage]
                ValueTask<Answer> Leave(Bye bye) => new(new Answer("bye"));
            }
            """);

        var run = await GeneratedCode.Generate(project.AddReferences(contract.ToMetadataReference()));

        var text = string.Concat(run.Sources.Select(source => source.SourceText));
        Assert.Contains("new global::Krait.CompilerServices.MessageLimit(typeof(global::Contract.Request), 64)", text, StringComparison.Ordinal);
        Assert.Contains("static (reply, id) => reply with { For = id });", text, StringComparison.Ordinal);
        Assert.Contains("case global::Contract.Bye match:", text, StringComparison.Ordinal);
    }
}
