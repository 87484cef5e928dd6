using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/validation.md</summary>
public sealed class ValidationRecipeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_bad_order_is_answered_and_the_connection_stays_open()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/validation.md");
        using var client = await program.Connect("/orders");

        await client.Say("""{"item":"tea","count":0}""");
        Assert.Equal("""{"$type":"rejected","problem":"Order between 1 and 100 pieces."}""", await client.Hear());
        await client.Say("""{"item":"tea","count":2}""");
        Assert.Equal("""{"$type":"accepted","item":"tea","count":2}""", await client.Hear());
    }
}
