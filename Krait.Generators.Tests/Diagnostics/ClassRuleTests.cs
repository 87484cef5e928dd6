using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class ClassRuleTests
{
    private const string Handler = """
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        """;

    [Fact]
    public Task A_controller_that_is_not_partial() => WrongCode.Raises(DiagnosticIds.NotPartial, $$"""
        [WebSocketController("/a")]
        public sealed class [|A|]
        {
        {{Handler}}
        }
        """);

    [Theory]
    [InlineData("sealed class [|A|]", "class [|A|]", "CS0101")]
    [InlineData("sealed partial class A", "class [|A|]", "CS0260")]
    [InlineData("class [|A|]", "sealed partial class A", "CS0260")]
    public Task Each_part_that_is_not_partial(string first, string second, string compilerError) => WrongCode.Raises(
        DiagnosticIds.NotPartial,
        $$"""
        [WebSocketController("/a")]
        public {{first}}
        {
        {{Handler}}
        }

        public {{second}};
        """,
        compilerError);

    [Fact]
    public Task A_controller_in_types_that_are_not_partial() => WrongCode.Raises(DiagnosticIds.NotPartial, $$"""
        public static class [|Outer|]
        {
            public partial record Middle
            {
                public struct [|Inner|]
                {
                    [WebSocketController("/a")]
                    public sealed partial class A
                    {
                    {{Handler}}
                    }
                }
            }
        }
        """);

    [Fact]
    public Task A_controller_that_uses_its_members_and_is_not_partial() => WrongCode.Raises(
        DiagnosticIds.NotPartial,
        """
        [WebSocketController("/a")]
        public sealed class [|A|]
        {
            [OnMessage]
            void Hear(string message) => TrySend(message);
        }
        """,
        "CS0103");

    [Fact]
    public Task An_abstract_controller() => WrongCode.Raises(DiagnosticIds.UnfitClass, $$"""
        [WebSocketController("/a")]
        public [|abstract|] partial class A
        {
        {{Handler}}
        }
        """);

    [Fact]
    public Task A_static_controller() => WrongCode.Raises(DiagnosticIds.UnfitClass, """
        [WebSocketController("/a")]
        public [|static|] partial class A
        {
            [OnMessage]
            static void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_generic_controller() => WrongCode.Raises(DiagnosticIds.UnfitClass, $$"""
        [WebSocketController("/a")]
        public sealed partial class A[|<T>|]
        {
        {{Handler}}
        }
        """);

    [Fact]
    public Task A_controller_in_a_generic_type() => WrongCode.Raises(DiagnosticIds.UnfitClass, $$"""
        public partial class Outer<T>
        {
            [WebSocketController("/a")]
            public sealed partial class [|A|]
            {
            {{Handler}}
            }
        }
        """);

    [Fact]
    public Task A_record_controller() => WrongCode.Raises(DiagnosticIds.UnfitClass, $$"""
        [WebSocketController("/a")]
        public sealed partial [|record|] A(HttpContext Context)
        {
        {{Handler}}
        }
        """);

    [Fact]
    public Task A_file_local_controller() => WrongCode.Raises(DiagnosticIds.UnfitClass, $$"""
        [WebSocketController("/a")]
        [|file|] sealed partial class A
        {
        {{Handler}}
        }
        """);

    [Fact]
    public Task A_controller_with_two_constructors() => WrongCode.Raises(DiagnosticIds.NoUsableConstructor, $$"""
        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
            public A(HttpContext context) => Console.WriteLine(context);

            public A(UpgradeRequest request) => Console.WriteLine(request);

        {{Handler}}
        }
        """);

    [Fact]
    public Task A_class_that_has_the_name_of_a_generated_member() => WrongCode.Raises(DiagnosticIds.NameTaken, $$"""
        [WebSocketController("/a")]
        public sealed partial class [|Connection|]
        {
        {{Handler}}
        }
        """);

    [Theory]
    [InlineData("private int [|Connection|] { get; } = 1;")]
    [InlineData("private readonly int [|Stopping|] = 1;")]
    [InlineData("private static bool [|ShouldStop|]() => true;")]
    [InlineData("private static void [|TrySend|](string text) => Console.WriteLine(text);")]
    [InlineData("private sealed class [|SendAsync|];")]
    [InlineData("private event EventHandler? [|Connection|] { add { } remove { } }")]
    public Task A_member_that_has_the_name_of_a_generated_one(string member) => WrongCode.Raises(DiagnosticIds.NameTaken, $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{member}}

        {{Handler}}
        }
        """);

    [Theory]
    [InlineData("private void [|Messages|]() { }")]
    [InlineData("private int [|TryReceive|] => 1;")]
    [InlineData("private const int [|ReceiveAsync|] = 1;")]
    public Task A_member_that_has_the_name_of_a_generated_one_of_queues(string member) => WrongCode.Raises(DiagnosticIds.NameTaken, $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{member}}

            [Run]
            async Task Run(IAsyncEnumerable<string> messages, CancellationToken stopping)
            {
                await foreach (var message in messages.WithCancellation(stopping))
                    Console.WriteLine(message);
            }
        }
        """);

    [Fact]
    public Task A_primary_constructor_parameter_that_has_the_name_of_a_generated_member() => WrongCode.Raises(DiagnosticIds.NameTaken, $$"""
        [WebSocketController("/a")]
        public sealed partial class A(HttpContext [|Connection|])
        {
            public override string ToString() => Connection.TraceIdentifier;

        {{Handler}}
        }
        """);

    [Fact]
    public Task An_inherited_member_that_has_the_name_of_a_generated_one() => WrongCode.Raises(DiagnosticIds.NameTaken, $$"""
        public abstract class Basis
        {
            protected string Connection { get; } = "";
        }

        [WebSocketController("/a")]
        public sealed partial class A : [|Basis|]
        {
        {{Handler}}
        }
        """);

    [Fact]
    public Task A_controller_without_a_handler() => WrongCode.Raises(DiagnosticIds.NoHandler, """
        [WebSocketController("/a")]
        public sealed partial class [|A|];
        """);

    [Fact]
    public Task A_controller_that_only_listens_to_a_room_needs_no_handler() => WrongCode.RaisesNothing("""
        [WebSocketController("/a")]
        public sealed partial class A([Room("a")] IRoom<string> room)
        {
            public override string ToString() => room.Name;
        }
        """);

    [Fact]
    public Task A_handler_outside_a_controller() => WrongCode.Raises(DiagnosticIds.HandlerOutsideController, """
        public sealed class Lost
        {
            [[|OnMessage|]]
            public void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_private_controller() => WrongCode.Raises(DiagnosticIds.Inaccessible, $$"""
        public partial class Outer
        {
            [WebSocketController("/a")]
            [|private|] sealed partial class A
            {
            {{Handler}}
            }
        }
        """);

    [Fact]
    public Task A_controller_in_a_protected_type() => WrongCode.Raises(DiagnosticIds.Inaccessible, $$"""
        public partial class Outer
        {
            [|protected|] partial class Middle
            {
                [WebSocketController("/a")]
                public sealed partial class A
                {
                {{Handler}}
                }
            }
        }
        """);

    [Fact]
    public Task A_controller_with_required_members() => WrongCode.Raises(DiagnosticIds.NoUsableConstructor, $$"""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            public required string [|Name|] { get; init; }

        {{Handler}}
        }
        """);

    [Fact]
    public Task Attributes_that_have_only_the_name_of_others_mean_nothing() => WrongCode.RaisesNothing("""
        public sealed class ExperimentalAttribute(params string[] names) : Attribute
        {
            public string[] Names => names;
        }

        public sealed class GeneratedCodeAttribute(params string[] names) : Attribute
        {
            public string[] Names => names;
        }

        public abstract class Base
        {
            [GeneratedCode("Krait.Generators")]
            private int Connection => 1;

            public override string ToString() => $"{Connection}";
        }

        [Experimental("one", "two")]
        [WebSocketController("/a")]
        public sealed partial class A : Base
        {
            [OnMessage]
            [GeneratedCode("a")]
            void Hear(string message) => Console.WriteLine(message);

            [GeneratedCode("b")]
            private static int Messages => 1;
        }
        """);

    [Fact]
    public async Task The_attribute_on_two_parts_of_a_class_is_told_by_the_compiler_alone()
    {
        var run = GeneratorRun.Of($$"""
            [WebSocketController("/a")]
            public sealed partial class A
            {
            {{Handler}}
            }

            [WebSocketController("/b")]
            public sealed partial class A;
            """);

        Assert.Empty(await KraitAnalyzers.Analyze(run.Output));
        Assert.Equal(["CS0579"], run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp13)]
    public Task A_language_that_is_too_old(LanguageVersion language) => WrongCode.Raises(
        DiagnosticIds.LanguageTooOld,
        $$"""
        [WebSocketController("/a")]
        public sealed partial class [|A|]
        {
        {{Handler}}
        }
        """,
        language);

    [Theory]
    [InlineData("MaxConnections([|0|])")]
    [InlineData("MaxConnections(5), MaxConnections([|-1|], Per = Partition.Address)")]
    [InlineData("RateLimit([|0|])")]
    [InlineData("RateLimit([|1_000_001|])")]
    [InlineData("RateLimit(messages: [|-1|], Burst = 5)")]
    [InlineData("RateLimit(20, PerSeconds = [|0|])")]
    [InlineData("RateLimit(20, PerSeconds = [|3601|])")]
    [InlineData("RateLimit(20, Burst = [|0|])")]
    [InlineData("RateLimit(20, Burst = [|1_000_001|])")]
    public Task A_limit_of_a_client_out_of_its_range(string attribute) => WrongCode.Raises(DiagnosticIds.LimitOutOfRange, $$"""
        [{{attribute}}]
        [WebSocketController("/a")]
        public sealed partial class A
        {
        {{Handler}}
        }
        """);

    [Theory]
    [InlineData("MaxMessageSize = [|-1|]")]
    [InlineData("ReceiveQueueCapacity = [|-2|]")]
    [InlineData("ReceiveBufferSize = [|int.MinValue|]")]
    [InlineData("SendBufferSize = [|-1|], MaxStreams = [|-1|]")]
    public Task A_limit_below_zero(string limits) => WrongCode.Raises(DiagnosticIds.LimitOutOfRange, $$"""
        [WebSocketController("/a", {{limits}})]
        public sealed partial class A
        {
        {{Handler}}
        }
        """);
}
