using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Krait;
using Market;
using PolyType;

namespace Samples.Tests.Market;

public sealed class MessagePackCodecTests
{
    private static readonly DateTime At = new(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private readonly MessagePackCodec<MarketCommand> codec = new();

    public static TheoryData<MarketCommand> Commands => [new Subscribe("KRT"), new Unsubscribe(""), new GetHistory("KRT", -1) { Id = 7 }];

    public static TheoryData<MarketEvent> Events =>
    [
        new Listing([new("KRT", "Krait 🐍", 4210, 4211)]),
        new Subscribed("KRT"),
        new Unsubscribed("KRT"),
        new Quote("KRT", long.MaxValue, At),
        new History("KRT", [new(1, At), new(2, At)]) { Id = 7 },
        new Problem("No.") { Id = 7 },
        new Problem("No."),
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_comes_back_as_it_went(MarketCommand command) => Assert.Equal(command, Decode(Encode(command)));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_comes_back_as_it_went(MarketEvent happened)
    {
        var decoded = new MessagePackCodec<MarketEvent>().Decode(new(WebSocketMessageType.Binary, new(Encode(happened))));

        Assert.Equal(JsonSerializer.Serialize(happened), JsonSerializer.Serialize(decoded));
    }

    [Fact]
    public void Any_MessagePack_library_can_write_a_command() =>
        Assert.Equal(new Subscribe("KRT"), Decode([0x92, .. Text("subscribe"), 0x81, .. Text("symbol"), .. Text("KRT")]));

    [Fact]
    public void A_message_in_several_segments_is_read_as_one_in_a_single()
    {
        var command = new GetHistory("KRT", 10) { Id = 7 };
        var bytes = Encode<MarketCommand>(command);

        Assert.All(Enumerable.Range(1, bytes.Length - 1), at => Assert.Equal(command, codec.Decode(new(WebSocketMessageType.Binary, Segment.Split(bytes, at)))));
    }

    [Fact]
    public void Text_is_the_wrong_format() =>
        Assert.Equal(InvalidMessageKind.WrongFormat, Refusal(() => codec.Decode(new(WebSocketMessageType.Text, new(Encode<MarketCommand>(new Subscribe("KRT")))))));

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "nothing", [] },
        { "nil", [0xc0] },
        { "no union", [0x80] },
        { "a case that the union does not have", [0x92, .. Text("buy"), 0x80] },
        { "nil as the case", [0x92, 0xc0, 0x80] },
        { "the case missing", [0x91, .. Text("subscribe")] },
        { "three elements", [0x93, .. Text("subscribe"), 0x81, .. Text("symbol"), .. Text("A"), 0xc0] },
        { "a property missing", [0x92, .. Text("subscribe"), 0x80] },
        { "a property twice", [0x92, .. Text("subscribe"), 0x82, .. Text("symbol"), .. Text("A"), .. Text("symbol"), .. Text("A")] },
        { "null where there is none", [0x92, .. Text("subscribe"), 0x81, .. Text("symbol"), 0xc0] },
        { "another type", [0x92, .. Text("subscribe"), 0x81, .. Text("symbol"), 0x05] },
        { "more after it", [0x92, .. Text("subscribe"), 0x81, .. Text("symbol"), .. Text("A"), 0xc0] },
        { "a length of 4 GiB", [0x92, 0xdb, 0xff, 0xff, 0xff, 0xff] },
        { "an array of 4 billion elements", [0xdd, 0xff, 0xff, 0xff, 0xff] },
        { "a byte that is never used", [0xc1] },
        { "a number too large", [0x92, .. Text("getHistory"), 0x83, .. Text("id"), 0xcf, .. Enumerable.Repeat((byte)0xff, 8), .. Text("symbol"), .. Text("A"), .. Text("points"), 0x01] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_command_is_malformed(string what, byte[] bytes) => Assert.True(InvalidMessageKind.Malformed == Refusal(bytes), what);

    [Fact]
    public void Depth_is_bounded()
    {
        var tree = new MessagePackCodec<Tree>();
        Assert.NotNull(tree.Decode(new(WebSocketMessageType.Binary, new(Nested(10)))));
        Assert.Equal(InvalidMessageKind.Malformed, Refusal(() => tree.Decode(new(WebSocketMessageType.Binary, new(Nested(100_000))))));

        static byte[] Nested(int depth) => [.. Enumerable.Repeat<byte[]>([0x81, .. Text("inner")], depth).SelectMany(level => level), 0xc0];
    }

    [Fact]
    public void Whatever_comes_is_a_command_or_an_invalid_message()
    {
        var random = new Random(1);
        byte[][] valid = [Encode<MarketCommand>(new Subscribe("KRT")), Encode<MarketCommand>(new GetHistory("KRT", 10) { Id = 70_000 })];
        var refused = 0;
        for (var number = 0; number < 5_000; number++)
        {
            var bytes = random.GetItems(valid, 1)[0].ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            try
            {
                Decode(bytes[..random.Next(bytes.Length + 1)]);
            }
            catch (InvalidMessageException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 2_500, 5_000);
    }

    private static byte[] Encode<T>(T message)
        where T : class, IShapeable<T>
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(WebSocketMessageType.Binary, new MessagePackCodec<T>().Encode(message, output));
        return output.WrittenSpan.ToArray();
    }

    private static byte[] Text(string text) => [(byte)(0xa0 | text.Length), .. Encoding.ASCII.GetBytes(text)];

    private static InvalidMessageKind Refusal(Func<object> decode) => Assert.Throws<InvalidMessageException>(decode).Kind;

    private InvalidMessageKind Refusal(byte[] bytes) => Refusal(() => Decode(bytes));

    private MarketCommand Decode(byte[] bytes) => codec.Decode(new(WebSocketMessageType.Binary, new(bytes)));
}

/// <summary>A message that can be nested.</summary>
[GenerateShape]
public sealed partial record Tree
{
    public Tree? Inner { get; init; }
}
