using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/validation.md</summary>
public sealed class ValidationRecipeTests
{
    private const string NotJson = """{"$type":"rejected","problems":["The message is not the expected JSON: """;

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Every_order_gets_an_answer_and_the_connection_stays_open()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/validation.md");
        using var client = await program.Connect("/orders");

        await client.Say("""{"item":"","count":0}""");
        Assert.Equal(Rejected("\"Item needs 1 to 20 characters.\",\"Count must be from 1 to 100.\""), await client.Hear());
        await client.Say("""{"item":"tea","count":60}""");
        Assert.Equal(Rejected("\"There are only 50 pieces of tea.\""), await client.Hear());

        await client.Say("{");
        Assert.StartsWith(NotJson, await client.Hear(), StringComparison.Ordinal);
        await client.Say("""{"count":2}""");
        Assert.StartsWith(NotJson, await client.Hear(), StringComparison.Ordinal);
        await client.Say("""{"item":"tea","count":null}""");
        Assert.StartsWith(NotJson, await client.Hear(), StringComparison.Ordinal);

        await client.Say("""{"item":"tea","count":2}""");
        Assert.StartsWith("""{"$type":"accepted","number":""", await client.Hear(), StringComparison.Ordinal);
    }

    private static string Rejected(string problems) => $$"""{"$type":"rejected","problems":[{{problems}}]}""";
}
