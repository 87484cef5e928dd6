using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

/// <summary>Changes that would break the code around them are not offered.</summary>
public sealed class BreakingFixTests
{
    [Theory]
    [InlineData("", "protected virtual UpgradeDecision Check() => UpgradeDecision.Accept();")]
    [InlineData("", "UpgradeDecision Check() => UpgradeDecision.Accept(); bool Again() => this.Check() is null;")]
    [InlineData(", ICheck", "public UpgradeDecision Check() => UpgradeDecision.Accept();")]
    [InlineData(", Checked", "protected override UpgradeDecision Check() => UpgradeDecision.Accept();")]
    public Task A_method_stays_an_instance_method_where_others_need_it_to_be(string parent, string member) => Mended<MakeStaticFix>.Leaves($$"""
        public interface ICheck { UpgradeDecision Check(); }

        public abstract class Checked { protected abstract UpgradeDecision Check(); }

        [WebSocketController("/a")]
        public {{(member.Contains("virtual", StringComparison.Ordinal) ? "" : "sealed")}} partial class A{{parent.Replace(",", " :", StringComparison.Ordinal)}}
        {
            [OnUpgrade]
            {{member}}

            [OnMessage]
            string Echo(string message) => message;
        }
        """);

    [Theory]
    [InlineData(" : Hearing", "protected override async void Hear(string message) => await SendAsync(message);")]
    [InlineData("", "async void Hear(string message) => await SendAsync(message); Action<string> Heard => Hear;")]
    public Task A_method_stays_void_where_others_need_it_to_be(string parent, string member) => Mended<ReturnValueTaskFix>.Leaves($$"""
        public abstract class Hearing { protected abstract void Hear(string message); }

        [WebSocketController("/a")]
        public sealed partial class A{{parent}}
        {
            [OnMessage]
            {{member}}
        }
        """);

    [Theory]
    [InlineData(" : Running", "protected override async Task Run() { while (true) await Task.Delay(1000); }")]
    [InlineData("", "public async Task Run() { while (true) await Task.Delay(1000); } Task Again() => Run();")]
    public Task A_run_takes_no_token_where_others_call_it(string parent, string member) => Mended<TakeCancellationTokenFix>.Leaves($$"""
        public abstract class Running { protected abstract Task Run(); }

        [WebSocketController("/a")]
        public sealed partial class A{{parent}}
        {
            [Run]
            {{member}}
        }
        """);

    [Theory]
    [InlineData("sealed partial record A", "int Number { get; init; } A Next() => this with { Number = Number + 1 };")]
    [InlineData("static partial class A", "static string Twice(this string text) => text + text;")]
    [InlineData("partial struct A", "A Reset() => this = default;")]
    public Task A_type_keeps_the_word_that_its_members_need(string header, string member) => Mended<RemoveModifierFix>.Leaves($$"""
        [WebSocketController("/a")]
        public {{header}}
        {
            [OnMessage]
            static string Echo(string message) => message;

            public {{member}}
        }
        """);

    [Fact]
    public async Task Another_project_that_calls_a_method_keeps_it_as_it_is()
    {
        const string library = """
            [WebSocketController("/a")]
            public sealed partial class A
            {
                [Run]
                public async Task Run() { while (true) await Task.Delay(1000); }
            }
            """;

        await new CodeFixTest<TakeCancellationTokenFix>(library).Fix();
        await new CodeFixTest<TakeCancellationTokenFix>(library).With("public static class Caller { public static Task Call(A a) => a.Run(); }").OffersNothing();
    }

    [Fact]
    public async Task All_that_can_be_mended_are_where_one_cannot()
    {
        var test = new CodeFixTest<ReturnValueTaskFix>(Hearing("A", "") + "\n\n" + Hearing("B", "Action<string> Heard => Hear;"));

        await test.FixAll();

        Assert.Equal(Hearing("A", "").Replace("void", "ValueTask", StringComparison.Ordinal) + "\n\n" + Hearing("B", "Action<string> Heard => Hear;"), await test.Source(0));
    }

    [Theory]
    [InlineData(typeof(MakePartialFix), "[WebSocketController(\"/a\")]\npublic class Chat { [OnMessage] string Echo(string message) => message; }", "Make 'Chat' partial")]
    [InlineData(typeof(MakeStaticFix), "[WebSocketController(\"/a\")]\npublic partial class Chat { [OnUpgrade] UpgradeDecision Check() => UpgradeDecision.Accept(); }", "Make 'Check' static")]
    [InlineData(typeof(RemoveModifierFix), "[WebSocketController(\"/a\")]\npublic abstract partial class Chat { [OnMessage] string Echo(string message) => message; }", "Make 'Chat' an ordinary class")]
    [InlineData(typeof(RemoveProtocolFix), "[WebSocketController(\"/a\", Protocols = \"b, b\")]\npublic partial class Chat { [OnMessage] string Echo(string message) => message; }", "Remove the second 'b'")]
    public async Task A_title_names_what_is_changed(Type fix, string source, string title) =>
        Assert.Equal(title, await new CodeFixTest((Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider)Activator.CreateInstance(fix)!, UserProject.Options, [source]).Title());

    private static string Hearing(string name, string member) => $$"""
        [WebSocketController("/{{name}}")]
        public sealed partial class {{name}}
        {
            [OnMessage]
            async void Hear(string message) => await SendAsync(message);

            {{member}}
        }
        """;
}
