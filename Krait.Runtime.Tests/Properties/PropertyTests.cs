namespace Krait.Runtime.Tests.Properties;

/// <summary>Checks the properties for the same values in every run; <c>fuzz/Krait.Fuzz</c> looks for others.</summary>
public class PropertyTests
{
    private const ulong Seed = 6455;
    private const int Values = 300;

    public static TheoryData<string> Names => [.. TransportProperties.All.Select(static property => property.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds(string name)
    {
        var property = TransportProperties.All.Single(property => property.Name == name);
        for (uint number = 0; number < Values; number++)
            property.Check(Seed, number);
    }
}
