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
