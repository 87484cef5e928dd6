using System.Net;
using System.Security.Claims;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;

namespace Krait.Runtime.Tests.Upgrading;

public sealed class ClientPartitionTests
{
    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::2", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("fe80::1%1", "fe80::2%2", true)]
    public void One_address_is_one_client(string one, string other, bool isOne) =>
        Assert.Equal(isOne, ClientPartition.AddressOf(From(one)) == ClientPartition.AddressOf(From(other)));

    [Fact]
    public void Clients_whose_address_the_server_does_not_know_are_one() =>
        Assert.Equal(ClientPartition.AddressOf(From(null)), ClientPartition.AddressOf(From(null)));

    [Fact]
    public void A_user_is_one_client_wherever_it_comes_from() =>
        Assert.Equal(ClientPartition.UserOf(From("192.0.2.1", "ada")), ClientPartition.UserOf(From("192.0.2.2", "ada")));

    [Fact]
    public void A_user_whose_name_is_an_address_is_not_the_client_from_there() =>
        Assert.NotEqual(ClientPartition.UserOf(From("192.0.2.2", "192.0.2.1")), ClientPartition.UserOf(From("192.0.2.1")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Who_has_no_name_counts_by_address(string? user) =>
        Assert.Equal(ClientPartition.AddressOf(From("192.0.2.1")), ClientPartition.UserOf(From("192.0.2.1", user)));

    private static DefaultHttpContext From(string? address, string? user = null)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        if (user is not null)
            context.User = new(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user)], "test"));

        return context;
    }
}
