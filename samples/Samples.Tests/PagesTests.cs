using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>A reader can run all samples next to each other, and every page leads to its source and to the docs.</summary>
public sealed partial class PagesTests
{
    private static readonly string Repository = FindRepository(AppContext.BaseDirectory);

    private static readonly string[] Names = ["Board", "Chat", "Echo", "Market", "PingPong", "Telemetry"];

    public static TheoryData<string> Samples => [.. Names];

    public static TheoryData<string> Pages =>
        [.. Names.SelectMany(sample => Directory.GetFiles(PathOf(sample, "wwwroot"), "*.html")).Select(page => Path.GetRelativePath(Repository, page))];

    [Fact]
    public void Every_sample_has_a_port_of_its_own()
    {
        var ports = Names.Select(sample => PortOf(sample)).ToArray();

        Assert.Equal(ports.Distinct(), ports);
        Assert.Equal("5080", PortOf("Chat"));
    }

    [Fact]
    public void Every_sample_is_tested_here()
    {
        var projects = Directory.GetFiles(PathOf(), "Program.cs", SearchOption.AllDirectories);

        Assert.Equal(Names.Select(sample => PathOf(sample, "Program.cs")).Order(), projects.Order());
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_has_a_readme_that_says_how_to_open_it(string sample)
    {
        var readme = File.ReadAllText(PathOf(sample, "README.md"));

        Assert.Contains($"$ dotnet run --project samples/{sample} ", readme, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{PortOf(sample)}", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Documents_that_run_a_sample_open_its_port()
    {
        var documents = Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository, "README.md"))
            .Concat(Names.Select(sample => PathOf(sample, "README.md")));
        var wrong = documents
            .SelectMany(document => File.ReadLines(document).SelectMany(line => Opened().Matches(line)).Select(opened => (document, opened)))
            .Where(found => found.opened.Groups["port"].Value != PortOf(found.opened.Groups["sample"].Value));

        Assert.Empty(wrong.Select(found => $"{found.document}: {found.opened.Value}"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_page_has_the_icon_and_links_to_its_source_and_the_docs(string page)
    {
        var html = File.ReadAllText(Path.Combine(Repository, page));
        var linked = Linked().Matches(html).Select(link => link.Groups["path"].Value).ToArray();

        Assert.Contains("""<link rel="icon" href="icon.svg" type="image/svg+xml">""", html, StringComparison.Ordinal);
        Assert.Contains($"samples/{page.Split(Path.DirectorySeparatorChar)[1]}", linked);
        Assert.Contains(linked, path => path.StartsWith("docs/", StringComparison.Ordinal));
        Assert.All(linked, path => Assert.True(Path.Exists(Path.Combine(Repository, path)), $"{page} links to {path}, which is not there."));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_build_copies_the_shared_icon_to_every_page(string sample) =>
        Assert.Equal(File.ReadAllText(PathOf("Shared", "icon.svg")), File.ReadAllText(PathOf(sample, "wwwroot", "icon.svg")));

    private static string PortOf(string sample) => Assert.Single(Url().Matches(File.ReadAllText(PathOf(sample, "Program.cs")))).Groups["port"].Value;

    private static string PathOf(params string[] parts) => Path.Combine([Repository, "samples", .. parts]);

    private static string FindRepository(string directory) =>
        File.Exists(Path.Combine(directory, "Krait.sln")) ? directory : FindRepository(Path.GetDirectoryName(directory)!);

    [GeneratedRegex("http://localhost:(?<port>[0-9]+)")]
    private static partial Regex Url();

    // A command that sets --urls opens a port that it chooses.
    [GeneratedRegex("--project samples/(?<sample>[A-Za-z]+)(?:(?!--urls).)*?http://localhost:(?<port>[0-9]+)")]
    private static partial Regex Opened();

    [GeneratedRegex("href=\"https://github.com/krait-dev/krait/(?:tree|blob)/main/(?<path>[^\"#]+)")]
    private static partial Regex Linked();
}
