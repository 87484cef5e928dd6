using System.Text.RegularExpressions;

namespace Krait.Generators.Tests.Harness;

/// <summary>The one generated file that a snapshot shows from the first line to the last. The others show what differs from it.</summary>
internal static partial class WholeFile
{
    /// <summary>A controller that has every generated member.</summary>
    public const string Source = """
        using System.Text.Json.Serialization;
        using System.Threading.Channels;

        public sealed record Order(string Item, int Count);

        public sealed record Receipt(Guid Number);

        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Receipt))]
        public sealed partial class OrderJson : JsonSerializerContext;

        public interface IOrderBook
        {
            Task<Receipt> Place(Order order, CancellationToken stopping);
        }

        [WebSocketController("/orders", Sends = typeof(Receipt))]
        public sealed partial class OrderController(IOrderBook book)
        {
            [Run]
            async Task Run(ChannelReader<Order> orders, CancellationToken stopping)
            {
                await foreach (var order in orders.ReadAllAsync(CancellationToken.None))
                    await SendAsync(await book.Place(order, stopping), stopping);
            }
        }
        """;

    private static readonly Lazy<HashSet<string>> Known = new(() =>
    {
        var text = GeneratorRun.Of(Source).Sources.Single(source => source.HintName != GeneratedCode.MappingHint).SourceText.ToString();
        return [.. Paragraphs(text).Select(paragraph => General(paragraph, text))];
    });

    /// <summary>Names what a file says in the words of the whole one, except for the types of messages, and shows the rest.</summary>
    public static string Difference(string text)
    {
        var shown = new List<string>();
        var wasKnown = false;
        foreach (var paragraph in Paragraphs(text))
        {
            var isKnown = Known.Value.Contains(General(paragraph, text));
            if (isKnown && wasKnown)
                shown[^1] += ", " + Name(paragraph);
            else
                shown.Add(isKnown ? "// ... " + Name(paragraph) : paragraph);

            wasKnown = isKnown;
        }

        return string.Join("\n\n", shown);
    }

    private static string[] Paragraphs(string text) => text.Split("\n\n");

    private static string General(string paragraph, string text)
    {
        foreach (var (type, name) in new[] { (Sent().Match(text), "TSend"), (Received().Match(text), "TReceive") })
            paragraph = type.Success ? paragraph.Replace(type.Groups[1].Value, name, StringComparison.Ordinal) : paragraph;

        return paragraph;
    }

    private static string Name(string paragraph) => Member().Match(paragraph) is { Success: true } found ? found.Groups[1].Value : "header";

    [GeneratedRegex(@"global::Krait\.WebSocketConnection<(.+)> Connection\n")]
    private static partial Regex Sent();

    [GeneratedRegex(@"ChannelReader<(.+)> Messages\n")]
    private static partial Regex Received();

    [GeneratedRegex(@"^ +(?:public|internal|private) .*?(\w+)(?:\(| =>|$)", RegexOptions.Multiline)]
    private static partial Regex Member();
}
