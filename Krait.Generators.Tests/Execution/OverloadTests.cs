using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Execution;

/// <summary>The method that is marked is called, whatever else has its name.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task An_overload_that_takes_less_is_not_called_instead()
    {
        await using var project = await RunningProject.Start("""
            [WebSocketController("/a", Receives = typeof(string), Sends = typeof(string))]
            public sealed partial class A
            {
                [OnOpen] string Enter(IMessageSender<string> sender) => "marked";

                string Enter(WebSocketConnection<string> connection) => "unmarked";

                [OnMessage] string Hear(object message) => "marked " + message;

                string Hear(string message) => Enter(Connection) + message;
            }
            """);
        using var client = await project.Connect("/a");

        Assert.Equal("marked", await client.Hear());
        await client.Say("one");
        Assert.Equal("marked one", await client.Hear());
    }

    [Fact]
    public async Task A_default_value_does_not_change_the_type_of_an_argument()
    {
        await using var project = await RunningProject.Start("""
            using Microsoft.AspNetCore.Mvc;

            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnOpen] string Enter([FromQuery] int? count = 5, [FromQuery] DayOfWeek? day = DayOfWeek.Friday) => $"marked {count} {day}";

                string Enter(int count, DayOfWeek day) => "unmarked" + Enter((int?)count, day);

                [OnMessage] string Hear(string message) => message + Enter(1, default);
            }
            """);
        using var client = await project.Connect("/a");
        using var other = await project.Connect("/a?count=7");

        Assert.Equal("marked 5 Friday", await client.Hear());
        Assert.Equal("marked 7 Friday", await other.Hear());
    }

    [Fact]
    public async Task The_constructor_of_an_attribute_is_the_one_that_its_author_calls()
    {
        using var project = new LoadedProject(await GeneratedCode.Generate(UserProject.Compile("""
            #pragma warning disable CS1591
            [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
            public sealed class NoteAttribute : Attribute
            {
                private readonly string text;

                public NoteAttribute(object value) => text = "object " + value;

                public NoteAttribute(int value) => text = "int " + value;

                public override string ToString() => text;
            }

            [Note(1)]
            [Note((object)-2)]
            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage] string Echo(string message) => message;
            }
            """)));

        Assert.Equal(["int 1", "object -2"], project.Metadata("A").Select(attribute => attribute.ToString()!));
    }
}
