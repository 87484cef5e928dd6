using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Krait.Upgrading;

/// <summary>
/// The unit that a limit counts: a user, or an address. A user is never equal to an address, whatever the user's id is.
/// </summary>
/// <param name="User">The id of the user; null if it is an address.</param>
/// <param name="Address">The address; null if it is a user, or if the server knows no address.</param>
internal readonly record struct ClientPartition(string? User, IPAddress? Address)
{
    // The first half of an IPv6 address names the network. A client can choose the second half freely.
    private const int NetworkBytes = 8;

    /// <summary>The user of a request, or its address if it is anonymous.</summary>
    public static ClientPartition UserOf(HttpContext context) =>
        context.User.FindFirst(ClaimTypes.NameIdentifier)?.Value is { Length: > 0 } user ? new(user, null) : AddressOf(context);

    /// <summary>The address of a request.</summary>
    public static ClientPartition AddressOf(HttpContext context) => new(null, Network(context.Connection.RemoteIpAddress));

    private static IPAddress? Network(IPAddress? address)
    {
        if (address is null or { AddressFamily: not AddressFamily.InterNetworkV6 })
            return address;
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4();

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new(bytes);
    }
}
