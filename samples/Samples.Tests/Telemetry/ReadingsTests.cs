using Telemetry;

namespace Samples.Tests.Telemetry;

public sealed class ReadingsTests
{
    private readonly Readings readings = new();

    [Fact]
    public void A_reading_is_kept_under_its_device()
    {
        Assert.Equal(1ul, readings.Keep("attic", Reading(1)));
        Assert.Equal(5ul, readings.Keep("cellar", Reading(5)));

        Assert.Equal(Reading(1), readings.Latest["attic"]);
    }

    [Fact]
    public void A_reading_that_is_repeated_is_acknowledged_and_changes_nothing()
    {
        readings.Keep("attic", Reading(1));
        readings.Keep("attic", Reading(2));

        Assert.Equal(2ul, readings.Keep("attic", Reading(1)));
        Assert.Equal(Reading(2), readings.Latest["attic"]);
    }

    private static Reading Reading(ulong number) => new() { Number = number, Sensor = "celsius", Value = 20 + number };
}
