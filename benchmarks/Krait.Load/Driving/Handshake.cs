using System.Text;

namespace Krait.Load.Driving;

/// <summary>The opening handshake (RFC 6455, section 4.1).</summary>
internal static class Handshake
{
    public static byte[] Request(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    /// <summary>Checks the answer.</summary>
    /// <exception cref="InvalidDataException">It is not 101.</exception>
    public static void Demand(string head)
    {
        if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            throw new InvalidDataException($"The upgrade was answered with: {head}");
    }
}
