using System.Text.RegularExpressions;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>Sends the requests of a block with curl, and compares the answers.</summary>
/// <remarks>A function of the shell, <c>NAME() { curl ARGUMENTS "$@"; }</c>, adds its arguments to those of its calls.</remarks>
internal static partial class CurlCommands
{
    /// <summary>Fails unless the server answers each request with the status line and body that are shown.</summary>
    public static async Task Check(IReadOnlyList<TutorialCommand> commands, Uri server)
    {
        using var http = new HttpClient();
        var functions = commands.Select(command => Function().Match(command.Line)).Where(function => function.Success)
            .ToDictionary(function => function.Groups["name"].Value + " ", function => function.Groups["curl"].Value + " ");
        var requests = commands.Where(command => command.Output.Count > 0).ToList();
        Assert.NotEmpty(requests);
        foreach (var (line, output) in requests)
        {
            var curl = functions.Aggregate(line, (text, function) => text.StartsWith(function.Key, StringComparison.Ordinal) ? function.Value + text[function.Key.Length..] : text);
            Assert.StartsWith("curl -i ", curl, StringComparison.Ordinal);
            Assert.Equal(output, await Send(http, curl.Replace("localhost:PORT", server.Authority, StringComparison.Ordinal)));
        }
    }

    private static async Task<IReadOnlyList<string>> Send(HttpClient http, string curl)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url().Match(curl).Groups[1].Value);
        foreach (Match header in Header().Matches(curl))
            Assert.True(request.Headers.TryAddWithoutValidation(header.Groups[1].Value, header.Groups[2].Value));
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [$"HTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}", body];
    }

    [GeneratedRegex("""^(?<name>\w+)\(\) \{ (?<curl>curl .*) "\$@"; \}$""")]
    private static partial Regex Function();

    [GeneratedRegex("""-H ([\w-]+):(\S+)""")]
    private static partial Regex Header();

    [GeneratedRegex("""
        "(http://[^"]+)"$
        """)]
    private static partial Regex Url();
}
