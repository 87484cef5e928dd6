using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/request-and-reply.md</summary>
/// <remarks><c>.ci/run</c> runs its JavaScript.</remarks>
public sealed class RequestAndReplyRecipeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task A_reply_has_the_id_of_its_request()
    {
        await using var program = await RunningSnippet.Start("docs/recipes/request-and-reply.md");
        using var client = await program.Connect("/prices");

        await client.Say("""{"id":7,"symbol":"TEA"}""");
        await client.Say("""{"id":8,"symbol":""}""");
        await client.Say("{");

        Assert.Equal("""{"$type":"price","value":30,"id":7}""", await client.Hear());
        Assert.Equal("""{"$type":"failure","text":"No symbol.","id":8}""", await client.Hear());
        Assert.Equal("""{"$type":"failure","text":"The message is not the expected JSON: $, line 1, byte 2.","id":0}""", await client.Hear());
    }
}
