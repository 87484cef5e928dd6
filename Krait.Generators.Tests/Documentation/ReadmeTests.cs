using Krait.Generators.Tests.Documentation.Recipes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The examples of the README do what it says of them.</summary>
public sealed class ReadmeTests
{
    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_first_program_serves_its_page_and_echoes()
    {
        await using var program = await RunningSnippet.Start(Readme.Page);
        using var page = await program.Http.GetAsync("/", TestContext.Current.CancellationToken);
        using var client = await program.Connect("/echo");

        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.Contains("new WebSocket(\"/echo\")", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await client.Say("hello");
        Assert.Equal("You said: hello", await client.Hear());
    }

    [Fact]
    public async Task The_controller_with_types_welcomes_and_answers()
    {
        await using var project = await RunningProject.Start(Readme.Controller);
        using var client = await project.Connect("/rooms/kitchen", "chat.v1");

        Assert.Equal("""{"room":"kitchen","text":"Welcome!"}""", await client.Hear());
        await client.Say("""{"text":"hello"}""");
        Assert.Equal("""{"room":"kitchen","text":"hello"}""", await client.Hear());
    }
}
