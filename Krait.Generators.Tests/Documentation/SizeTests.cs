using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>Generator and analyzers stay small enough to be read by one person in a day.</summary>
public sealed class SizeTests
{
    private static readonly IReadOnlyList<int> Lines =
    [
        .. Directory.EnumerateFiles(Path.Combine(TestProject.Repository, "Krait.Generators"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any())
            .Select(file => File.ReadLines(file).Count())
            .Order(),
    ];

    [Fact]
    public void Half_of_the_files_have_fewer_than_80_lines() => Assert.InRange(Lines[Lines.Count / 2], 1, 79);
}
