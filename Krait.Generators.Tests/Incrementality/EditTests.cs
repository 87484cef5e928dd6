using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>What an edit costs: why each step ran, and how many files were written again.</summary>
public sealed class EditTests
{
    private const string Chat = """
        using System.Text.Json.Serialization;

        public sealed record Say(string Text);

        [JsonSerializable(typeof(Say))]
        internal sealed partial class ChatJson : JsonSerializerContext;

        [WebSocketController("/chat")]
        public sealed partial class ChatController
        {
            [OnMessage]
            Say Echo(Say message) => message;
        }
        """;

    private const string Clock = """
        [WebSocketController("/clock")]
        public sealed partial class ClockController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """;

    private const string Plain = """
        public static class Plain
        {
            public static int Answer => 42;
        }
        """;

    [Theory]
    [InlineData("a comment typed inside a controller", "Echo(Say message) =>", "Echo(Say message) /* hm */ =>")]
    [InlineData("a handler's body edited", "=> message;", "=> new(message.Text + \"!\");")]
    [InlineData("a controller moved down", "[WebSocketController(\"/chat\")]", "\n\n\n[WebSocketController(\"/chat\")]")]
    [InlineData("a comment typed above a controller", "[WebSocketController(\"/chat\")]", "// talk\n[WebSocketController(\"/chat\")]")]
    [InlineData("a doc comment typed above a handler", "    [OnMessage]", "    /// <summary>Echoes.</summary>\n    [OnMessage]")]
    [InlineData("a JsonSerializerContext moved down", "[JsonSerializable(typeof(Say))]", "\n\n[JsonSerializable(typeof(Say))]")]
    [InlineData("an option of a JsonSerializerContext", "[JsonSerializable(typeof(Say))]", "[JsonSourceGenerationOptions(WriteIndented = true)]\n[JsonSerializable(typeof(Say))]")]
    [InlineData("a member added that is no handler", "{\n    [OnMessage]", "{\n    private readonly int count = 1;\n\n    [OnMessage]")]
    [InlineData("a message's property renamed", "Say(string Text)", "Say(string Words)")]
    public void An_edit_that_changes_no_spec_writes_nothing(string edit, string before, string after)
    {
        var again = Edit(Chat, before, after);

        Assert.All(again.Reasons(), step => Assert.All(step.Reasons, reason => Assert.True(IsUnchanged(reason), $"After {edit}, {step.Step} was {reason}.")));
        Assert.All(again.OutputReasons(), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_controller_that_moves_to_another_file_changes_nothing_but_that_its_file_is_found_elsewhere()
    {
        var run = GeneratorRun.Of(Clock, Plain);
        var tree = run.Input.SyntaxTrees.Single(tree => tree.ToString() == Clock);

        var again = run.Then(run.Input.RemoveSyntaxTrees(tree).AddSyntaxTrees(UserProject.Parse(Clock, "Elsewhere.cs")));

        Assert.Equal(run.Sources.Select(source => source.SourceText.ToString()).Order(), again.Sources.Select(source => source.SourceText.ToString()).Order());
    }

    [Fact]
    public void A_change_in_one_controller_is_told_apart_from_the_others_in_every_step()
    {
        var again = Edit(Chat, "Echo(", "Reply(").Reasons().ToDictionary(step => step.Step, step => step.Reasons);

        Assert.Equal(1, again[TrackingNames.Controllers].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, again[TrackingNames.CompleteControllers].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Equal(1, again[TrackingNames.Outputs].Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(again[TrackingNames.JsonContexts], reason => Assert.True(IsUnchanged(reason)));
        Assert.All(again[TrackingNames.ClashingHints], reason => Assert.True(IsUnchanged(reason)));
        Assert.All(again[TrackingNames.CanMap], reason => Assert.True(IsUnchanged(reason)));
        Assert.All(again[TrackingNames.Mapping], reason => Assert.True(IsUnchanged(reason)));
    }

    [Fact]
    public void An_unrelated_file_that_is_edited_changes_nothing() => AssertNothingIsWritten(Edit(Plain, "42", "43"));

    [Fact]
    public void An_unrelated_file_that_is_added_changes_nothing()
    {
        var run = GeneratorRun.Of(Chat, Clock);

        AssertNothingIsWritten(run.Then(run.Input.AddSyntaxTrees(UserProject.Parse(Plain, "Added.cs"))));
    }

    [Fact]
    public void An_attribute_argument_that_changes_writes_one_file_again() =>
        AssertWrittenAgain(Edit(Chat, "\"/chat\"", "\"/talk\""), modified: 1);

    [Fact]
    public void A_handler_that_is_renamed_writes_one_file_again() =>
        AssertWrittenAgain(Edit(Chat, "Echo(", "Reply("), modified: 1);

    [Fact]
    public void A_second_controller_writes_its_own_file_and_the_mapping()
    {
        var run = GeneratorRun.Of(Chat);

        AssertWrittenAgain(run.Then(run.Input.AddSyntaxTrees(UserProject.Parse(Clock, "Clock.cs"))), modified: 1, added: 1);
    }

    [Fact]
    public void A_controller_that_is_removed_takes_its_file_with_it()
    {
        var run = GeneratorRun.Of(Chat, Clock);

        var again = run.Then(run.Input.RemoveSyntaxTrees(run.Input.SyntaxTrees.Single(tree => tree.ToString() == Clock)));

        AssertWrittenAgain(again, modified: 1, removed: 1);
        Assert.DoesNotContain(again.Sources, source => source.HintName.Contains("Clock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_json_context_that_lists_another_type_writes_nothing() =>
        AssertNoOutputIsWritten(Edit(Chat, "[JsonSerializable(typeof(Say))]", "[JsonSerializable(typeof(Say))]\n[JsonSerializable(typeof(int))]"));

    [Fact]
    public void A_json_context_that_is_renamed_writes_the_controllers_that_use_it() =>
        AssertWrittenAgain(Edit(Chat, "ChatJson", "TalkJson"), modified: 1);

    [Fact]
    public void A_json_context_that_loses_the_type_refuses_the_controller()
    {
        var again = Edit(Chat, "typeof(Say)", "typeof(int)");

        Assert.True(RefusalLaw.IsRefused(again, RefusalLaw.Controllers(again).Single(controller => controller.Name == "ChatController")));
        Assert.False(RefusalLaw.IsRefused(again, RefusalLaw.Controllers(again).Single(controller => controller.Name == "ClockController")));
    }

    private static GeneratorRun Edit(string source, string before, string after)
    {
        Assert.Contains(before, source, StringComparison.Ordinal);
        var run = GeneratorRun.Of(Chat, Clock, Plain);
        var tree = run.Input.SyntaxTrees.Single(tree => tree.ToString() == source);
        return run.Then(run.Input.ReplaceSyntaxTree(tree, UserProject.Parse(source.Replace(before, after, StringComparison.Ordinal), tree.FilePath)));
    }

    private static void AssertNothingIsWritten(GeneratorRun run)
    {
        Assert.All(run.Reasons().SelectMany(step => step.Reasons), reason => Assert.True(IsUnchanged(reason)));
        AssertNoOutputIsWritten(run);
    }

    private static void AssertNoOutputIsWritten(GeneratorRun run) => AssertWrittenAgain(run, modified: 0);

    private static void AssertWrittenAgain(GeneratorRun run, int modified, int added = 0, int removed = 0)
    {
        var reasons = run.OutputReasons();
        Assert.Equal(
            (modified, added, removed),
            (Count(IncrementalStepRunReason.Modified), Count(IncrementalStepRunReason.New), Count(IncrementalStepRunReason.Removed)));

        int Count(IncrementalStepRunReason wanted) => reasons.Count(reason => reason == wanted);
    }

    private static bool IsUnchanged(IncrementalStepRunReason reason) => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;
}
