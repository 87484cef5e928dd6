namespace Krait.Generators.Tests.Documentation.Recipes;

/// <summary>docs/recipes/from-signalr.md: the hub and the controller have the same conversation.</summary>
public sealed class FromSignalrRecipeTests
{
    private const string Page = "docs/recipes/from-signalr.md";
    private const int Hub = 0;
    private const int Controller = 1;

    public static TheoryData<int> Programs => [Hub, Controller];

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task Two_clients_chat(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var ada = await Enter(program, number, "kitchen", "Ada");
        await ada.Say("Hello?");
        Assert.Equal("said Ada Hello?", await ada.Hear());

        using var bo = await Enter(program, number, "kitchen", "Bo");
        Assert.Equal("joined Bo", await ada.Hear());
        await bo.Say("Hello, Ada");
        Assert.Equal("said Bo Hello, Ada", await ada.Hear());
        Assert.Equal("said Bo Hello, Ada", await bo.Hear());

        await bo.Leave();
        Assert.Equal("left Bo", await ada.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task A_room_hears_nothing_of_another(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var ada = await Enter(program, number, "kitchen", "Ada");
        await ada.Say("Hello?");
        Assert.Equal("said Ada Hello?", await ada.Hear()); // so Ada is in her room before Bo speaks
        using var bo = await Enter(program, number, "cellar", "Bo");

        await bo.Say("Is anybody here?");
        Assert.Equal("said Bo Is anybody here?", await bo.Hear());
        await ada.Say("Dinner");

        Assert.Equal("said Ada Dinner", await ada.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task An_endpoint_says_something_to_a_room(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);
        using var ada = await Enter(program, number, "kitchen", "Ada");
        await ada.Say("Hello?");
        Assert.Equal("said Ada Hello?", await ada.Hear()); // so she is in the room

        using var answer = await program.Http.PostAsync("/announce/kitchen?text=Dinner", null, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal("said server Dinner", await ada.Hear());
    }

    [Theory(Timeout = RunningSnippet.Deadline)]
    [MemberData(nameof(Programs))]
    public async Task The_page_is_served_next_to_the_connections(int number)
    {
        await using var program = await RunningSnippet.Start(Page, number);

        Assert.Contains("<title>Chat</title>", await program.Http.GetStringAsync("/", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<ChatClient> Enter(RunningSnippet program, int number, string room, string name) => number == Hub
        ? await HubClient.Enter(await program.Connect($"/chat?room={room}&name={name}"))
        : new PlainClient(await program.Connect($"/chat/{room}?name={name}"));
}
