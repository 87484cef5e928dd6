using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>The recipes as a whole.</summary>
public sealed class RecipeIndexTests
{
    private static readonly string s_directory = Path.Combine(TestProject.Repository, "docs", "recipes");

    public static TheoryData<string> Recipes =>
        new(Directory.GetFiles(s_directory, "*.md").Select(file => Path.GetFileName(file)).Where(name => name != "README.md"));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_index_has_a_row_for_it(string recipe) =>
        Assert.Contains($"({recipe}) |", File.ReadAllText(Path.Combine(s_directory, "README.md")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_test_of_its_name_runs_it(string recipe)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(recipe).Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

        var tests = typeof(RecipeIndexTests).Assembly.GetType($"{typeof(RecipeIndexTests).Namespace}.{name}RecipeTests");
        Assert.Contains(tests!.GetMethods(), static method => method.IsDefined(typeof(FactAttribute), inherit: true));
        var source = Path.Combine(TestProject.Repository, "Krait.Generators.Tests", "Documentation", "Recipes", $"{name}RecipeTests.cs");
        Assert.Contains($"\"docs/recipes/{recipe}\"", File.ReadAllText(source), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Recipes))]
    public void It_says_how_to_try_it(string recipe) =>
        Assert.Contains("\n## Try it\n", File.ReadAllText(Path.Combine(s_directory, recipe)), StringComparison.Ordinal);
}
