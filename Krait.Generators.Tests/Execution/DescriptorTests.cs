using Krait.CompilerServices;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

public sealed class DescriptorTests
{
    [Fact]
    public async Task Metadata_is_what_reflection_would_have_found()
    {
        using var project = new LoadedProject(await GeneratedCode.Generate(UserProject.Compile("""
            using Microsoft.AspNetCore.Authorization;

            [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
            public sealed class NoteAttribute(object? value, params Type[] types) : Attribute
            {
                public double Number { get; set; }

                public char Sign { get; set; }

                public override string ToString() => $"{value} {string.Join(',', (object[])types)} {Number:R} {(int)Sign}";
            }

            [AttributeUsage(AttributeTargets.Class, Inherited = false)]
            public sealed class OwnAttribute : Attribute;

            [Own]
            [Authorize("base")]
            [Note("base \" \\ \u2028 \0 {", Sign = '\'')]
            public abstract class Basis;

            [Note(long.MinValue, typeof(int), typeof(Dictionary<,>), typeof(string[]), Number = -0.1)]
            [Note(new[] { 1, 2 }, Number = double.NaN, Sign = '\uD800')]
            [Note(DayOfWeek.Friday, Number = double.Epsilon)]
            [Authorize(Roles = "own")]
            [WebSocketController("/a")]
            public sealed partial class A : Basis
            {
                [OnMessage]
                void Hear(string message) => Console.WriteLine(message);
            }
            """)));

        var reflected = project.Assembly.GetType("A")!.GetCustomAttributes(inherit: true).Where(attribute => !IsOfTheCompiler(attribute));

        Assert.Equal(
            reflected.Select(Describe).Order(StringComparer.Ordinal),
            project.Metadata("A").Select(Describe).Order(StringComparer.Ordinal));

        static string Describe(object attribute) => $"{attribute.GetType()} {attribute}";
    }

    [Fact]
    public void The_descriptor_of_a_refused_controller_throws_what_the_analyzer_would_say()
    {
        using var project = new LoadedProject(GeneratorRun.Of("""
            [WebSocketController("/a", Protocols = "a b")]
            public sealed partial class A
            {
                [OnMessage]
                void Hear(string message) => TrySend(message);
            }
            """));

        var refusal = Assert.Throws<InvalidOperationException>(() => project.Metadata("A"));

        Assert.StartsWith("Protocols contains 'a b'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_knows_which_case_of_its_union_it_is()
    {
        using var project = new LoadedProject(await GeneratedCode.Generate(UserProject.Compile("""
            using System.Text.Json.Serialization;

            [JsonDerivedType(typeof(Move), "move")]
            [JsonDerivedType(typeof(Jump), 2)]
            [JsonDerivedType(typeof(Far.Move), "far")]
            public record Step;

            public record Move(int X) : Step;

            public sealed record Jump(int X, int Height) : Move(X);

            public static class Far
            {
                public sealed record Move(int X) : Step;
            }

            public sealed record Unlisted : Step;

            [JsonSerializable(typeof(Step))]
            internal sealed partial class StepJson : JsonSerializerContext;

            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage]
                string Hear(Step step) => $"{step}";
            }

            public static class Steps
            {
                public static readonly Step[] All = [new Step(), new Move(1), new Jump(1, 2), new Far.Move(3), new Unlisted()];
            }
            """)));
        var steps = (Array)project.Assembly.GetType("Steps")!.GetField("All")!.GetValue(null)!;
        var indexOf = (Delegate)project.Fact("A", "ReceivedCase");

        var cases = Assert.IsType<IReadOnlyList<MessageCase>>(project.Fact("A", "ReceivedCases"), exactMatch: false);

        Assert.Equal([new("Jump", 2), new("Move", "move"), new("Far.Move", "far"), new("Step")], cases);
        Assert.Equal([3, 1, 0, 2, 3], steps.Cast<object>().Select(step => (int)indexOf.DynamicInvoke(step)!));
        Assert.Equal(-1, indexOf.DynamicInvoke([null]));
        Assert.Equal([new MessageCase("string")], Assert.IsType<IReadOnlyList<MessageCase>>(project.Fact("A", "SentCases"), exactMatch: false));
    }

    private static bool IsOfTheCompiler(object attribute) =>
        attribute is WebSocketControllerAttribute || attribute.GetType().Namespace == "System.Runtime.CompilerServices";
}
