using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Serialization;
using Krait.CompilerServices;
using Krait.Messaging;

namespace Krait.Runtime.Tests.Messaging;

public sealed partial class MessageLimitTests
{
    [Fact]
    public void A_message_over_its_types_limit_is_too_large_before_it_is_parsed()
    {
        var codec = MessageCodecs.Json<Text>(Limited.Default, new MessageLimit(typeof(Text), 10));
        Assert.Equal("The message has 11 bytes; 10 are allowed for its type.", TooLarge(codec, "{ no JSON a"));
        Assert.Equal(InvalidMessageKind.Malformed, Refuse(codec, "{ no JSON ").Kind);
    }

    [Fact]
    public void A_limit_of_one_case_leaves_the_others_alone()
    {
        var codec = MessageCodecs.Json<Item>(Limited.Default, new MessageLimit(typeof(Small), 30));
        TooLarge(codec, """{"$type":"small","text":"too long"}""");
        Assert.Equal(new Small("ok"), Decode(codec, """{"$type":"small","text":"ok"}"""));
        Assert.Equal(new Large(new string('x', 1000)), Decode(codec, $$"""{"$type":"large","text":"{{new string('x', 1000)}}"}"""));
    }

    [Fact]
    public void A_limit_of_the_union_holds_for_every_case_that_has_none_of_its_own()
    {
        var codec = MessageCodecs.Json<Item>(Limited.Default, new(typeof(Item), 30), new(typeof(Large), 60));
        TooLarge(codec, """{"$type":"small","text":"too long"}""");
        Assert.Equal(new Large("not too long"), Decode(codec, """{"$type":"large","text":"not too long"}"""));
    }

    [Fact]
    public void A_message_is_refused_for_its_type_before_its_size() =>
        Assert.Equal(InvalidMessageKind.UnknownType, Refuse(MessageCodecs.Json<Item>(Limited.Default, new MessageLimit(typeof(Item), 1)), """{"$type":"?"}""").Kind);

    [Fact]
    public void The_most_derived_type_decides()
    {
        Assert.Equal(3, MessageLimits.Of(typeof(Small), [new(typeof(Item), 1), new(typeof(Small), 3), new(typeof(object), 2)]));
        Assert.Equal(1, MessageLimits.Of(typeof(Large), [new(typeof(object), 2), new(typeof(Item), 1), new(typeof(Small), 3)]));
        Assert.Equal(int.MaxValue, MessageLimits.Of(typeof(Text), [new(typeof(Item), 1)]));
    }

    [Fact]
    public void Of_unrelated_interfaces_the_smaller_limit_decides()
    {
        Assert.Equal(1, MessageLimits.Of(typeof(Both), [new(typeof(IOne), 1), new(typeof(ITwo), 2)]));
        Assert.Equal(1, MessageLimits.Of(typeof(Both), [new(typeof(ITwo), 2), new(typeof(IOne), 1)]));
    }

    private static string TooLarge<T>(IMessageDecoder<T> decoder, string json)
    {
        var error = Refuse(decoder, json);
        Assert.Equal(InvalidMessageKind.TooLarge, error.Kind);
        return error.Message;
    }

    private static InvalidMessageException Refuse<T>(IMessageDecoder<T> decoder, string json) => Assert.Throws<InvalidMessageException>(() => Decode(decoder, json));

    private static T Decode<T>(IMessageDecoder<T> decoder, string json) => decoder.Decode(new(WebSocketMessageType.Text, new(Encoding.UTF8.GetBytes(json))));

    public sealed record Text(string Value);

    [JsonDerivedType(typeof(Small), "small"), JsonDerivedType(typeof(Large), "large")]
    public abstract record Item;

    public sealed record Small(string Text) : Item;

    public sealed record Large(string Text) : Item;

    private interface IOne;

    private interface ITwo;

    private sealed class Both : IOne, ITwo;

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Text)), JsonSerializable(typeof(Item))]
    private sealed partial class Limited : JsonSerializerContext;
}
