using System.Text;
using System.Text.Json;
using Krait.CompilerServices;
using Krait.Messaging;
using Krait.Telemetry.Traffic;

namespace Krait.Runtime.Tests.Telemetry;

/// <summary>How payloads are shown in the log.</summary>
public sealed class PayloadMaskTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("a\r\nb\u001b[1m\u2028", "a??b?[1m?")]
    public void Text_is_on_one_line(string text, string shown) => Assert.Equal(shown, PayloadMask.None.Show(isText: true, Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("x", 100)]
    [InlineData("é", 100)]
    [InlineData("部", 100)]
    [InlineData("😀", 50)]
    public void Text_has_at_most_100_characters(string character, int count)
    {
        var text = string.Concat(Enumerable.Repeat(character, 300));

        Assert.Equal(string.Concat(Enumerable.Repeat(character, count)) + "...", PayloadMask.None.Show(isText: true, Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void Other_data_has_at_most_50_bytes()
    {
        Assert.Equal(new string('0', 100), PayloadMask.None.Show(isText: false, new byte[50]));
        Assert.Equal(new string('0', 100) + "...", PayloadMask.None.Show(isText: false, new byte[51]));
    }

    [Theory]
    [InlineData("""{"pin":1}""", """{"pin":"***"}""")]
    [InlineData("""{"PIN":{"a":[1,{"pin":2}]},"b":1.50e3}""", """{"PIN":"***","b":1.50e3}""")]
    [InlineData("""{"p\u0069n":"s"}""", """{"pin":"***"}""")]
    [InlineData("""[{"a":{"pin":null}},true,null]""", """[{"a":{"pin":"***"}},true,null]""")]
    [InlineData("""{"a":"pin","pin":"a",/* pin */}""", """{"a":"pin","pin":"***"}""")]
    [InlineData("""{"a":"\u0007\n"}""", """{"a":"\u0007\n"}""")]
    [InlineData("""{"a":1,"pin":"s""", "hidden")]
    [InlineData("""{"a":"\ud800"}""", "hidden")]
    [InlineData("", "hidden")]
    public void Values_of_marked_members_are_replaced_wherever_they_are(string json, string shown) =>
        Assert.Equal(shown, PayloadMask.Of(["pin"]).Show(isText: true, Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_long_text_costs_no_more_memory_than_what_is_shown_of_it()
    {
        var mask = PayloadMask.Of(["pin"]);
        var json = Encoding.UTF8.GetBytes($$"""{"a":"{{new string('x', 1_000_000)}}","pin":1}""");
        mask.Show(isText: true, json);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var shown = mask.Show(isText: true, json);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.Equal($$"""{"a":"{{new string('x', 94)}}...""", shown);
    }

    [Theory]
    [InlineData("é")]
    [InlineData("部")]
    [InlineData("\\n")]
    public void Every_character_that_is_shown_of_a_long_text_is_that_of_the_text(string text)
    {
        var json = $$"""{"a":"x{{string.Concat(Enumerable.Repeat(text, 300))}}"}""";

        Assert.StartsWith(PayloadMask.Of(["pin"]).Show(isText: true, Encoding.UTF8.GetBytes(json))[..^3], json, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_is_not_text_is_hidden_if_there_are_marked_members() => Assert.Equal("hidden", PayloadMask.Of(["pin"]).Show(isText: false, [1]));

    [Fact]
    public void A_marked_message_inside_another_message_hides_both()
    {
        var codec = (IMaskedCodec)MessageCodecs.Json<Memo>(TrafficJson.Default);
        var json = JsonSerializer.SerializeToUtf8Bytes(new Quoted(new Confidential("s3cret")), TrafficJson.Default.Memo);

        Assert.Equal("hidden", codec.Mask.Show(isText: true, json));
    }

    [Fact]
    public void A_property_that_overrides_a_marked_one_is_marked() => Assert.Equal(
        """{"number":"***"}""",
        ((IMaskedCodec)MessageCodecs.Json<Savings>(TrafficJson.Default)).Mask.Show(isText: true, """{"number":"s3cret"}"""u8));

    [Fact]
    public void Marked_members_without_names_of_their_own_hide_the_message() => Assert.Equal(
        "hidden", ((IMaskedCodec)MessageCodecs.Json<Form>(TrafficJson.Default)).Mask.Show(isText: true, """{"any":"s3cret"}"""u8));

    [Fact]
    public void No_value_of_a_marked_member_ever_appears()
    {
        var codec = (IMaskedCodec)MessageCodecs.Json<Vault>(TrafficJson.Default);
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var json = JsonSerializer.Serialize(Draw(random, depth: 4), TrafficJson.Default.Vault);
            var shown = codec.Mask.Show(isText: true, Encoding.UTF8.GetBytes(Disguise(json, random)));

            Assert.NotEqual("hidden", shown);
            Assert.DoesNotContain("S3CRET", shown, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Writes some letters of names in another way that the serializer reads as the same.</summary>
    private static string Disguise(string json, Random random) => random.Next(3) switch
    {
        0 => json.Replace("\"secret\":", "\"s\\u0065cret\" :\n", StringComparison.Ordinal),
        1 => json.Replace("\"hidden\":", "\"\\u0068idden\":\t", StringComparison.Ordinal),
        _ => json,
    };

    private static Vault? Draw(Random random, int depth) => depth == 0 || random.Next(4) == 0 ? null : new()
    {
        Secret = random.Next(2) == 0 ? null : "S3CRET" + new string('s', random.Next(200)),
        Hidden = Draw(random, depth - 1) is { } hidden ? hidden with { Text = "S3CRET" } : null,
        Secrets = random.Next(2) == 0 ? null : new() { ["S3CRET"] = "S3CRET" },
        Text = new string('t', random.Next(20)),
        Inner = Draw(random, depth - 1),
        Items = random.Next(2) == 0 ? null : [Draw(random, depth - 1), Draw(random, depth - 1)],
        Map = Draw(random, depth - 1) is { } inner ? new() { ["one"] = inner } : null,
    };
}
