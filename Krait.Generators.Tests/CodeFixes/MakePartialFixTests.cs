using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class MakePartialFixTests
{
    [Fact]
    public async Task A_controller_becomes_partial()
    {
        var test = new CodeFixTest<MakePartialFix>("""
            [WebSocketController("/a")]
            public sealed class A // comments stay
            {
                [OnMessage]
                string Echo(string message) => message;
            }
            """);

        await test.Fix();

        Assert.Equal("""
            [WebSocketController("/a")]
            public sealed partial class A // comments stay
            {
                [OnMessage]
                string Echo(string message) => message;
            }
            """, await test.Source(0));
        Assert.Empty(await test.Complaints());
    }

    [Fact]
    public Task Every_part_becomes_partial_at_once() => Mended<MakePartialFix>.Gives(
        "[WebSocketController(\"/a\")]\npublic class A\n{\n    [OnMessage]\n    string Echo(string message) => message;\n}\n\npublic class A;\n",
        "[WebSocketController(\"/a\")]\npublic partial class A\n{\n    [OnMessage]\n    string Echo(string message) => message;\n}\n\npublic partial class A;\n");

    [Fact]
    public async Task A_class_without_modifiers_keeps_what_stands_before_it()
    {
        var test = new CodeFixTest<MakePartialFix>("""
            // before
            [WebSocketController("/a")] // behind the attribute
            // above the keyword
            class A
            {
                [OnMessage]
                string Echo(string message) => message;
            }
            """);

        await test.Fix();

        Assert.Equal("""
            // before
            [WebSocketController("/a")] // behind the attribute
            // above the keyword
            partial class A
            {
                [OnMessage]
                string Echo(string message) => message;
            }
            """, await test.Source(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_types_around_a_controller_become_partial_with_it_wherever_the_fix_is_asked_for(int diagnostic)
    {
        var test = new CodeFixTest<MakePartialFix>(Nested("", "", "", ""));

        await test.Fix(diagnostic);

        Assert.Equal(Nested("partial ", "partial ", "partial ", "partial "), await test.Source(0));
        Assert.Empty(await test.Complaints());
    }

    [Fact]
    public async Task Only_what_lacks_the_word_gets_it()
    {
        var test = new CodeFixTest<MakePartialFix>(Nested("partial ", "", "partial ", "partial "));

        await test.Fix();

        Assert.Equal(Nested("partial ", "partial ", "partial ", "partial "), await test.Source(0));
    }

    [Fact]
    public async Task All_controllers_of_a_project_are_made_partial_at_once()
    {
        var test = new CodeFixTest<MakePartialFix>(Siblings("", ""), Siblings("", "").Replace("Outer", "Other", StringComparison.Ordinal).Replace("\"/", "\"/other/", StringComparison.Ordinal));

        await test.FixAll();

        Assert.Equal(Siblings("partial ", "partial "), await test.Source(0));
        Assert.Empty(await test.Complaints());
    }

    private static string Nested(string record, string structure, string contract, string controller) => $$"""
        public {{record}}record Planet(string Name)
        {
            internal readonly ref {{structure}}struct Moon
            {
                public {{contract}}interface ICrater
                {
                    [WebSocketController("/deep")]
                    internal sealed {{controller}}class Deep
                    {
                        [OnMessage]
                        string Echo(string message) => message;
                    }
                }
            }
        }
        """;

    private static string Siblings(string outer, string inner) => $$"""
        public static {{outer}}class Outer
        {
            [WebSocketController("/first")]
            public sealed {{inner}}class First
            {
                [OnMessage]
                string Echo(string message) => message;
            }

            [WebSocketController("/second")]
            public sealed {{inner}}class Second
            {
                [OnMessage]
                string Echo(string message) => message;
            }
        }
        """;
}
