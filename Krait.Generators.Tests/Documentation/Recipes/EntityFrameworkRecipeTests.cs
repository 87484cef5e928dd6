using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/entity-framework.md, with Entity Framework Core and SQLite.</summary>
public sealed class EntityFrameworkRecipeTests
{
    private const string Page = "docs/recipes/entity-framework.md";

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Items_are_sold_until_none_is_left_and_others_see_the_stock()
    {
        var directory = Directory.CreateTempSubdirectory("krait-shop-");
        try
        {
            await using var program = await RunningSnippet.Start(Page, 0, $"--ConnectionStrings:Shop=Data Source={directory.FullName}/shop.db;Pooling=false");
            using var watcher = await program.Connect("/stock/1");
            using var shop = await program.Connect("/shop");
            Assert.Equal("""{"item":1,"left":2}""", await watcher.Hear());

            await shop.Say("""{"item":1}""");
            Assert.Equal("""{"item":1,"isSold":true}""", await shop.Hear());
            Assert.Equal("""{"item":1,"left":1}""", await watcher.Hear());

            await shop.Say("""{"item":1}""");
            Assert.Equal("""{"item":1,"isSold":true}""", await shop.Hear());
            await shop.Say("""{"item":1}""");
            Assert.Equal("""{"item":1,"isSold":false}""", await shop.Hear());
            Assert.Equal("""{"item":1,"left":0}""", await watcher.Hear());
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task Clients_that_buy_at_the_same_time_get_no_more_than_there_is()
    {
        var directory = Directory.CreateTempSubdirectory("krait-shop-");
        try
        {
            await using var program = await RunningSnippet.Start(Page, 0, $"--ConnectionStrings:Shop=Data Source={directory.FullName}/shop.db;Pooling=false");

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Buy(program)));

            Assert.Equal(2, answers.Count(answer => answer == """{"item":1,"isSold":true}"""));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> Buy(RunningSnippet program)
    {
        using var shop = await program.Connect("/shop");
        await shop.Say("""{"item":1}""");
        return await shop.Hear();
    }
}
