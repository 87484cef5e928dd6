using Krait;

namespace Telemetry;

/// <summary>One device. The messages are those of telemetry.proto.</summary>
[WebSocketController("/telemetry/{device}", Protocols = "telemetry.v1+proto", Receives = typeof(IFromDevice), Sends = typeof(IToDevice), MaxMessageSize = 4096)]
[MessageCodec(typeof(TelemetryCodec))]
public sealed partial class TelemetryController(Readings readings, string device)
{
    [OnMessage]
    private static Settings Greet(Hello hello) => new() { SecondsBetweenReadings = hello.Model == "thermometer" ? 60u : 10u };

    [OnMessage]
    private Acknowledgement Take(Reading reading) => new() { Number = readings.Keep(device, reading) };

    [OnError]
    private static Refusal Refuse(InvalidMessageException error) => new() { Problem = error.Message };
}
