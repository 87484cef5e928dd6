using System.Net;
using System.Net.WebSockets;
using System.Text;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/from-a-loop.md: a client cannot tell the loop from the controller.</summary>
[Trait("Category", "Slow")]
public sealed class FromALoopRecipeTests
{
    private const string Page = "docs/recipes/from-a-loop.md";
    private const int Loop = 0;
    private const int Controller = 1;

    public static TheoryData<int> Programs => [Loop, Controller];

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task Numbers_are_added_for_each_connection(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var ada = await program.Connect("/sum");
        using var bo = await program.Connect("/sum");

        await ada.Say("""{"number":5}""");
        Assert.Equal("""{"total":5,"problem":null}""", await ada.Hear());
        await ada.Say("""{"number":-7}""");
        Assert.Equal("""{"total":-2,"problem":null}""", await ada.Hear());
        await bo.Say("""{"number":1}""");
        Assert.Equal("""{"total":1,"problem":null}""", await bo.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task A_message_may_come_in_fragments(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var client = await program.Connect("/sum");

        await Send(client, """{"num""", WebSocketMessageType.Text, endOfMessage: false);
        await Send(client, """ber":5}""", WebSocketMessageType.Text);

        Assert.Equal("""{"total":5,"problem":null}""", await client.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task An_invalid_message_is_answered_and_the_total_stays(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var client = await program.Connect("/sum");
        await client.Say("""{"number":5}""");
        Assert.Equal("""{"total":5,"problem":null}""", await client.Hear());

        foreach (var invalid in (string[])["five", "{}", "null", """{"number":"five"}""", ""])
        {
            await client.Say(invalid);
            Assert.Equal("""{"total":5,"problem":"Send a number."}""", await client.Hear());
        }

        await Send(client, """{"number":5}""", WebSocketMessageType.Binary);
        Assert.Equal("""{"total":5,"problem":"Send a number."}""", await client.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task A_message_that_is_too_large_closes_the_connection_with_1009(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var client = await program.Connect("/sum");

        await client.Say(new string(' ', 65_537));

        Assert.Equal("[1009]", await client.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task The_close_of_the_client_is_echoed(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var client = await program.Connect("/sum");

        await client.CloseOutputAsync((WebSocketCloseStatus)4001, "Good bye.", TestContext.Current.CancellationToken);

        Assert.Equal("[4001]", await client.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task A_request_that_is_not_an_upgrade_gets_426(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);

        using var answer = await program.Http.GetAsync("/sum", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [InlineData(Loop, true)]
    [InlineData(Controller, false)]
    public async Task Only_the_loop_lets_the_page_of_another_site_in(int number, bool isLetIn)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", "https://example.com");

        var error = await Record.ExceptionAsync(() => program.Connect(client, "/sum"));

        Assert.Equal(isLetIn ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, client.HttpStatusCode);
        Assert.Equal(isLetIn, error is null);
    }

    [Fact(Timeout = RunningSnippet.Deadline)]
    public async Task The_controller_tells_its_clients_that_the_server_stops()
    {
        await using var program = await RunningSnippet.Start(Page, Controller);
        using var client = await program.Connect("/sum");

        var stopping = program.Stop();

        Assert.Equal("[1001]", await client.Hear());
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        await stopping;
    }

    private static Task Send(ClientWebSocket client, string text, WebSocketMessageType type, bool endOfMessage = true) =>
        client.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage, TestContext.Current.CancellationToken);
}
