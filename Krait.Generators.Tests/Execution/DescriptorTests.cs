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

        Assert.StartsWith("'a b' is no subprotocol", refusal.Message, StringComparison.Ordinal);
    }

    private static bool IsOfTheCompiler(object attribute) =>
        attribute is WebSocketControllerAttribute || attribute.GetType().Namespace == "System.Runtime.CompilerServices";
}
