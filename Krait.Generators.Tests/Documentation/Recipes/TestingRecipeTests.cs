using System.Reflection;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/testing.md: its tests pass, and find a fault.</summary>
public sealed class TestingRecipeTests
{
    private const string Page = "docs/recipes/testing.md";

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_tests_of_the_page_pass() => Assert.Equal(3, await RunFacts(code => code));

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task They_pass_with_the_change_that_the_page_names() =>
        Assert.Equal(3, await RunFacts(code => code.Replace("amount <= Price.Amount", "amount < Price.Amount", StringComparison.Ordinal)));

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task They_find_an_auction_that_takes_every_bid() =>
        await Assert.ThrowsAsync<Xunit.Sdk.FalseException>(() => RunFacts(code => code.Replace("amount <= Price.Amount", "amount < 0", StringComparison.Ordinal)));

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_program_runs()
    {
        await using var program = await RunningSnippet.Start(Page);
        using var ada = await program.Connect("/auction?name=Ada");

        Assert.Equal("""{"amount":0,"bidder":""}""", await ada.Hear());
    }

    /// <summary>Runs every [Fact] of the page, and returns how many there are.</summary>
    private static async Task<int> RunFacts(Func<string, string> change)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(TestProject.Repository, Page), TestContext.Current.CancellationToken);
        var text = string.Join('\n', lines);
        var tests = Snippet.Find(Page, change(text).Split('\n')).Single(snippet => snippet.Code.Contains("[Fact]", StringComparison.Ordinal));
        using var project = new LoadedProject(GeneratorRun.Of(SnippetProject.Compile(tests)));
        var facts = project.Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.IsDefined(typeof(FactAttribute))).ToList();
        foreach (var fact in facts)
        {
            if (fact.Invoke(Activator.CreateInstance(fact.DeclaringType!), BindingFlags.DoNotWrapExceptions, null, null, null) is Task running)
                await running;
        }

        return facts.Count;
    }
}
