using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The examples of the README.</summary>
internal static class Readme
{
    /// <summary>The page, relative to the repository.</summary>
    public const string Page = "README.md";

    /// <summary>The example of messages with types: a controller, its messages and their serializer.</summary>
    public static string Controller { get; } =
        Snippet.Find(Page, File.ReadAllLines(Path.Combine(TestProject.Repository, Page))).Single(snippet => snippet.Code.Contains("class RoomController", StringComparison.Ordinal)).Code;
}
