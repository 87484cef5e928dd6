using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A controller is not parsed again after edits elsewhere that cannot concern it. What can concern it is seen.</summary>
public sealed class DependencyTests
{
    private const string Chat = """
        [WebSocketController(Names.Route)]
        public sealed partial class ChatController(Clock clock) : Room
        {
            [OnMessage]
            Message Echo(Say message) => message with { Text = message.Text + clock };
        }
        """;

    private const string Elsewhere = """
        using System.Text.Json.Serialization;
        using Microsoft.AspNetCore.Mvc;

        public static class Names
        {
            public const string Route = "/chat";

            public static string Say() => "hello";
        }

        public abstract class Room
        {
        }

        public sealed class Clock;

        [JsonDerivedType(typeof(Say), "say")]
        public abstract record Message(string Text);

        public sealed record Say(string Text) : Message(Text);

        [JsonSerializable(typeof(Message))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        #nullable enable

        public sealed partial class ChatController
        {
            [OnOpen]
            void Enter([FromQuery] string name = null!)
            {
            }
        }
        """;

    [Theory]
    [InlineData("the constant that is the pattern", "\"/chat\"", "\"/talk\"")]
    [InlineData("a member of the base class", "class Room\n{", "class Room\n{\n    protected bool Stopping => true;")]
    [InlineData("what a service is", "sealed class Clock", "readonly record struct Clock")]
    [InlineData("a type that leaves the union", "[JsonDerivedType(typeof(Say), \"say\")]", "")]
    [InlineData("a discriminator", ", \"say\"", "")]
    [InlineData("a rate", "public sealed record Say", "[RateLimit(20)]\npublic sealed record Say")]
    [InlineData("a limit", "public sealed record Say", "[MaxMessageSize(100)]\npublic sealed record Say")]
    [InlineData("an attribute that is inherited", "public abstract class Room", "[System.ComponentModel.Description(\"room\")]\npublic abstract class Room")]
    [InlineData("what may be null", "#nullable enable", "#nullable disable")]
    [InlineData("the accessibility of a message", "public abstract record Message", "internal abstract record Message")]
    public void What_stands_elsewhere_and_matters_is_seen(string edit, string before, string after)
    {
        var (run, again) = Edit(before, after);

        Assert.Equal(GeneratorRun.Of(again.Input).Texts, again.Texts);
        Assert.True(!run.Texts.SequenceEqual(again.Texts), $"After an edit of {edit} nothing was written, so the test shows nothing.");
    }

    [Fact]
    public void A_body_that_stands_elsewhere_leaves_what_is_parsed_as_it_is()
    {
        var (run, again) = Edit("\"hello\"", "\"\"");

        Assert.Equal(GeneratorRun.Of(again.Input).Texts, again.Texts);
        Assert.Equal(run.Texts, again.Texts);
    }

    private static (GeneratorRun Before, GeneratorRun After) Edit(string before, string after)
    {
        Assert.Contains(before, Elsewhere, StringComparison.Ordinal);
        var run = GeneratorRun.Of(Chat, Elsewhere);
        var tree = run.Input.SyntaxTrees[1];
        Assert.Equal(Elsewhere, tree.ToString());
        return (run, run.Then(run.Input.ReplaceSyntaxTree(tree, UserProject.Parse(Elsewhere.Replace(before, after, StringComparison.Ordinal), tree.FilePath))));
    }
}
