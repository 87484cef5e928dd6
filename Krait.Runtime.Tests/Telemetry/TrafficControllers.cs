using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;

namespace Krait.Runtime.Tests.Telemetry;

[JsonDerivedType(typeof(Login), "login"), JsonDerivedType(typeof(Chat), "chat"), JsonDerivedType(typeof(Ticket), "ticket"), JsonDerivedType(typeof(PrivateKey), "key")]
[JsonDerivedType(typeof(FromInterface), "interface")]
internal abstract record Spoken;

internal sealed record Login(string Name, [property: Sensitive] string Password) : Spoken;

internal sealed record Chat(string Text, Inside? Inside = null) : Spoken;

internal sealed record Inside([property: Sensitive, JsonPropertyName("pin")] int[] Digits, string Note);

[Sensitive]
internal sealed record Ticket(string Value) : Spoken;

[Uncompressed]
internal sealed record PrivateKey(string Value) : Spoken;

internal interface ICode
{
    [Sensitive]
    string Code { get; }
}

internal sealed record FromInterface(string Code) : Spoken, ICode;

/// <summary>What is in it, nobody can know before.</summary>
internal sealed record Anything(object Value);

internal sealed record Converted([property: JsonConverter(typeof(PinConverter))] Pin Pin);

internal sealed record Pin([property: Sensitive] string Digits);

internal sealed class PinConverter : JsonConverter<Pin>
{
    public override Pin Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Pin value, JsonSerializerOptions options) => writer.WriteStringValue(value.Digits);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Spoken)), JsonSerializable(typeof(Anything)), JsonSerializable(typeof(Converted)), JsonSerializable(typeof(Vault)), JsonSerializable(typeof(Memo))]
[JsonSerializable(typeof(Savings)), JsonSerializable(typeof(Form))]
internal sealed partial class TrafficJson : JsonSerializerContext;

/// <summary>A union whose messages may contain each other.</summary>
[JsonDerivedType(typeof(Quoted), "quoted"), JsonDerivedType(typeof(Confidential), "confidential")]
internal abstract record Memo;

internal sealed record Quoted(Memo Of) : Memo;

[Sensitive]
internal sealed record Confidential(string Text) : Memo;

/// <summary>Values that are hidden, everywhere in a message.</summary>
internal sealed record Vault
{
    [Sensitive]
    public string? Secret { get; init; }

    [Sensitive]
    public Vault? Hidden { get; init; }

    [Sensitive]
    public Dictionary<string, string>? Secrets { get; init; }

    public string? Text { get; init; }

    public Vault? Inner { get; init; }

    public List<Vault?>? Items { get; init; }

    public Dictionary<string, Vault>? Map { get; init; }
}

/// <summary>An account whose number is secret, in every kind of account.</summary>
internal abstract record Account
{
    [Sensitive]
    public abstract string Number { get; init; }
}

internal sealed record Savings : Account
{
    public override string Number { get; init; } = "";
}

/// <summary>A form with fields of any name.</summary>
internal sealed record Form
{
    [Sensitive, JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; set; }
}

[WebSocketController("/traffic/json", JsonContext = typeof(TrafficJson))]
internal sealed partial class TrafficJsonController
{
    [OnMessage]
    private static Spoken Echo(Spoken message) => message;

    [OnError]
    private static Chat Failed(InvalidMessageException error) => new(error.Kind.ToString());
}

[WebSocketController("/traffic/anything", JsonContext = typeof(TrafficJson))]
internal sealed partial class TrafficAnythingController
{
    [OnMessage]
    private static Converted Take(Anything message) => new(new Pin($"{message.Value}"));
}

[WebSocketController("/traffic/raw")]
internal sealed partial class TrafficRawController
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;
}

[Sensitive]
[WebSocketController("/traffic/hidden")]
internal sealed partial class TrafficHiddenController
{
    [OnMessage]
    private static string Renew(string token) => token;

    [OnMessage]
    private static void Take(byte[] _)
    {
    }
}

[WebSocketController("/traffic/queue", Sends = typeof(string))]
internal sealed partial class TrafficQueueController
{
    [Run]
    private async Task RunAsync(ChannelReader<string> messages)
    {
        await foreach (var message in messages.ReadAllAsync())
            TrySend(message);
    }
}

[WebSocketController("/traffic/room", Sends = typeof(string))]
internal sealed partial class TrafficRoomController([Room("traffic")] IRoom<string> room)
{
    [OnMessage]
    private void Tell(string text) => room.Send(text);
}

/// <summary>A codec of the application, in which Krait cannot find members.</summary>
internal sealed class PinCodec : IMessageCodec<Pin>
{
    public Pin Decode(in ReceivedMessage message) => new(Encoding.UTF8.GetString(message.Payload));

    public WebSocketMessageType Encode(Pin message, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(message.Digits));
        return WebSocketMessageType.Text;
    }
}

[MessageCodec(typeof(PinCodec))]
[WebSocketController("/traffic/codec")]
internal sealed partial class TrafficCodecController
{
    [OnMessage]
    private static Pin Echo(Pin pin) => pin;
}

internal abstract record Content;

internal sealed record Letter([property: Sensitive] string Text) : Content;

/// <summary>Its own type does not say that there may be something sensitive in it.</summary>
internal sealed record Parcel(Content? Content);

internal sealed class ParcelCodec : IMessageCodec<Parcel>
{
    public Parcel Decode(in ReceivedMessage message) => new(new Letter(Encoding.UTF8.GetString(message.Payload)));

    public WebSocketMessageType Encode(Parcel message, IBufferWriter<byte> output)
    {
        output.Write(Encoding.UTF8.GetBytes(((Letter)message.Content!).Text));
        return WebSocketMessageType.Text;
    }
}

[MessageCodec(typeof(ParcelCodec))]
[WebSocketController("/traffic/parcel")]
internal sealed partial class TrafficParcelController
{
    [OnMessage]
    private static Parcel Echo(Parcel parcel) => parcel;
}
