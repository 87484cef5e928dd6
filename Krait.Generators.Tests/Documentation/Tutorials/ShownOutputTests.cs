using Xunit.Sdk;

namespace Krait.Generators.Tests.Documentation.Tutorials;

/// <summary>The comparison of the tutorials' output fails where it should.</summary>
public sealed class ShownOutputTests
{
    [Theory]
    [InlineData("You are connection D04IaPtS80Zdgqg5DTen.", "You are connection 00000_-0000000000000.")]
    [InlineData("Ada: 6\nBo: 2", "Ada: 3\nBo: 3")]
    [InlineData("{\"value\":4}\n{\"value\":4,\"id\":18}", "{\"value\":1}\n{\"value\":1,\"id\":18}")]
    public void Ids_and_dice_may_differ(string shown, string actual) => ShownOutput.Equal(shown, actual.Split('\n'));

    [Theory]
    [InlineData("connected", "connected\nconnected")]
    [InlineData("Ada: 6", "Bo: 6")]
    [InlineData("Ada: 6", "Ada: 7")]
    [InlineData("closed: 1001", "closed: 1006")]
    [InlineData("{\"value\":4}\n{\"value\":4}", "{\"value\":1}\n{\"value\":2}")]
    [InlineData("{\"value\":4,\"id\":18}", "{\"value\":4,\"id\":17}")]
    public void Anything_else_must_not(string shown, string actual) =>
        Assert.ThrowsAny<XunitException>(() => ShownOutput.Equal(shown, actual.Split('\n')));
}
