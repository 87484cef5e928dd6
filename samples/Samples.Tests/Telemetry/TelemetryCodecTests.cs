using System.Buffers;
using System.Net.WebSockets;
using Google.Protobuf;
using Krait;
using Telemetry;

namespace Samples.Tests.Telemetry;

public sealed class TelemetryCodecTests
{
    private readonly TelemetryCodec codec = new();

    [Fact]
    public void Each_case_comes_out_of_its_envelope()
    {
        var hello = new Hello { Model = "thermometer" };
        var reading = new Reading { Number = ulong.MaxValue, Sensor = "°C", Value = -40.5 };

        Assert.Equal(hello, Decode(new FromDevice { Hello = hello }.ToByteArray()));
        Assert.Equal(reading, Decode(new FromDevice { Reading = reading }.ToByteArray()));
    }

    [Fact]
    public void Each_case_goes_into_its_envelope()
    {
        var settings = new Settings { SecondsBetweenReadings = 60 };
        var acknowledgement = new Acknowledgement { Number = 7 };
        var refusal = new Refusal { Problem = "No." };

        Assert.Equal(settings, Encode(settings).Settings);
        Assert.Equal(acknowledgement, Encode(acknowledgement).Acknowledgement);
        Assert.Equal(refusal, Encode(refusal).Refusal);
    }

    [Fact]
    public void Text_is_the_wrong_format() => Assert.Equal(
        InvalidMessageKind.WrongFormat,
        Assert.Throws<InvalidMessageException>(() => codec.Decode(new(WebSocketMessageType.Text, new(new FromDevice { Hello = new() }.ToByteArray())))).Kind);

    [Fact]
    public void An_empty_envelope_and_one_with_a_case_of_tomorrow_are_of_unknown_type()
    {
        Assert.Equal(InvalidMessageKind.UnknownType, Refusal([]));
        Assert.Equal(InvalidMessageKind.UnknownType, Refusal([0x7a, 0x00])); // field 15
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "half a message", [0x0a, 0x05, 0x0a] },
        { "a tag of zero", [0x00] },
        { "a number without end", [0x08, .. Enumerable.Repeat((byte)0xff, 11)] },
        { "a length of 2 GiB", [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07] },
        { "text that is no UTF-8", [0x0a, 0x03, 0x0a, 0x01, 0xff] },
        { "nesting without end", [.. Enumerable.Repeat((byte)0x0b, 100_000)] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void What_is_no_message_is_malformed(string what, byte[] bytes) => Assert.True(InvalidMessageKind.Malformed == Refusal(bytes), what);

    [Fact]
    public void Whatever_comes_is_a_message_or_an_invalid_one()
    {
        var random = new Random(1);
        var valid = new FromDevice { Reading = new() { Number = 300, Sensor = "celsius", Value = 21.5 } }.ToByteArray();
        var refused = 0;
        for (var number = 0; number < 5_000; number++)
        {
            var bytes = valid.ToArray();
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

    private ToDevice Encode(IToDevice message)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(WebSocketMessageType.Binary, codec.Encode(message, output));
        return ToDevice.Parser.ParseFrom(output.WrittenSpan);
    }

    private IFromDevice Decode(byte[] bytes) => codec.Decode(new(WebSocketMessageType.Binary, new(bytes)));

    private InvalidMessageKind Refusal(byte[] bytes) => Assert.Throws<InvalidMessageException>(() => Decode(bytes)).Kind;
}
