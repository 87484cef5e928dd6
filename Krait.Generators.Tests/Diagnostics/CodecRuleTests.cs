using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class CodecRuleTests
{
    private const string Codecs = """
        using System.Buffers;
        using System.Net.WebSockets;

        public sealed record Say(string Text);

        public abstract class Codec<T> : IMessageCodec<T>
        {
            public T Decode(in ReceivedMessage message) => throw new FormatException();

            public WebSocketMessageType Encode(T message, IBufferWriter<byte> output) => WebSocketMessageType.Text;
        }

        public sealed class SayCodec : Codec<Say>;

        public sealed class NumberCodec : Codec<int>;

        public sealed class OtherSayCodec : Codec<Say>;

        public sealed class HungryCodec(string path) : Codec<Say>
        {
            public override string ToString() => path;
        }

        public sealed class HiddenCodec : Codec<Say>
        {
            private HiddenCodec() => Console.WriteLine("Only others can make one.");

            public static HiddenCodec Instance { get; } = new();
        }

        public sealed class UnsetCodec : Codec<Say>
        {
            public required string Path { get; init; }
        }

        public sealed class StructCodec<T> : Codec<T>
            where T : struct;

        public sealed class PairCodec<TKey, TValue> : Codec<TValue>;

        """;

    [Theory]
    [InlineData("[MessageCodec([|typeof(NumberCodec)|])]\n[MessageCodec(typeof(SayCodec))]")]
    [InlineData("[MessageCodec(typeof(SayCodec))]\n[MessageCodec([|typeof(OtherSayCodec)|])]")]
    [InlineData("[MessageCodec(typeof(SayCodec))]\n[MessageCodec(typeof(SayCodec), Protocol = [|\"c\"|])]")]
    [InlineData("[MessageCodec(typeof(SayCodec))]\n[MessageCodec(typeof(SayCodec), Protocol = [|\"a, b\"|])]")]
    [InlineData("[MessageCodec(typeof(SayCodec), Protocol = \"b\")]\n[MessageCodec(typeof(SayCodec), Protocol = \"a\")]\n[MessageCodec([|typeof(OtherSayCodec)|], Protocol = \"b\")]")]
    [InlineData("[MessageCodec([|typeof(Codec<Say>)|])]\n[MessageCodec(typeof(SayCodec))]")]
    [InlineData("[MessageCodec([|typeof(HungryCodec)|])]")]
    [InlineData("[MessageCodec([|typeof(HiddenCodec)|])]")]
    [InlineData("[MessageCodec([|typeof(UnsetCodec)|])]\n[MessageCodec(typeof(SayCodec))]")]
    [InlineData("[MessageCodec([|typeof(StructCodec<>)|])]\n[MessageCodec(typeof(SayCodec))]")]
    [InlineData("[MessageCodec([|typeof(PairCodec<,>)|])]\n[MessageCodec(typeof(SayCodec))]")]
    [InlineData("[MessageCodec([|typeof(IMessageCodec<Say>)|])]\n[MessageCodec(typeof(SayCodec))]")]
    public Task Codecs_that_do_not_fit(string attributes) => WrongCode.Raises(DiagnosticIds.UnfitCodec, Codecs + attributes + """

        [WebSocketController("/a", Protocols = "a, b")]
        public sealed partial class A
        {
            [OnMessage]
            Say Echo(Say message) => message;
        }
        """);

    [Fact]
    public Task What_no_codec_serves_needs_a_context() => WrongCode.Raises(DiagnosticIds.NoJsonContext, Codecs + """
        [MessageCodec(typeof(SayCodec), Protocol = "a")]
        [WebSocketController("/a", Protocols = "a, b", Sends = typeof(string))]
        public sealed partial class A
        {
            [OnMessage]
            void Hear([|Say|] message) => Console.WriteLine(message);
        }
        """);

    [Theory]
    [InlineData("class, new()")]
    [InlineData("IComparable<T>")]
    [InlineData("notnull, IFormattable, IEquatable<Say>")]
    [InlineData("unmanaged")]
    public async Task Open_generic_codecs_are_closed_only_where_they_may_be(string constraint)
    {
        var run = GeneratorRun.Of(Codecs + $$"""
            public sealed class PickyCodec<T> : Codec<T>
                where T : {{constraint}};

            [MessageCodec(typeof(PickyCodec<>))]
            [MessageCodec(typeof(SayCodec))]
            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage]
                Say Echo(Say message) => message;
            }
            """);

        Assert.Equal([DiagnosticIds.UnfitCodec], (await KraitAnalyzers.Analyze(run.Output)).Select(diagnostic => diagnostic.Id));
        Assert.DoesNotContain(run.Output.GetDiagnostics(TestContext.Current.CancellationToken), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }

    [Theory]
    [InlineData("class")]
    [InlineData("notnull, IEquatable<T>, IEquatable<Say>")]
    public async Task Open_generic_codecs_whose_constraints_the_message_meets(string constraint) => await GeneratedCode.Generate(UserProject.Compile(Codecs + $$"""
        public sealed class PickyCodec<T> : Codec<T>
            where T : {{constraint}};

        [MessageCodec(typeof(PickyCodec<>))]
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            Say Echo(Say message) => message;
        }
        """));
}
