using System.Text.Json;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class ReflectionFreeTests
{
    [Fact]
    public void Refusals_are_tested_as_an_application_without_reflection_sends_them()
    {
        Assert.False(JsonSerializer.IsReflectionEnabledByDefault);
    }
}
