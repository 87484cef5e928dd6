using Krait.Upgrading;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class SubprotocolNegotiationTests
{
    [Fact]
    public void The_servers_preference_wins()
    {
        Assert.Equal("chat.v2", SubprotocolNegotiation.Choose(["chat.v2", "chat.v1"], ["chat.v1", "chat.v2"]));
    }

    [Fact]
    public void What_the_client_does_not_offer_is_not_chosen()
    {
        Assert.Equal("chat.v1", SubprotocolNegotiation.Choose(["chat.v2", "chat.v1"], ["other", "chat.v1"]));
    }

    [Theory]
    [InlineData("CHAT")]
    [InlineData("chat.v1")]
    public void Names_must_match_to_the_letter(string offered)
    {
        Assert.Null(SubprotocolNegotiation.Choose(["chat"], [offered]));
    }

    [Fact]
    public void Nothing_is_chosen_where_one_side_speaks_none()
    {
        Assert.Null(SubprotocolNegotiation.Choose([], ["chat"]));
        Assert.Null(SubprotocolNegotiation.Choose(["chat"], []));
    }
}
