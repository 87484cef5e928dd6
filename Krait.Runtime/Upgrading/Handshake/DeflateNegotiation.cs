using System.Globalization;
using System.Net.WebSockets;
using Microsoft.Extensions.Primitives;

namespace Krait.Upgrading;

/// <summary>Agrees with a client on permessage-deflate (RFC 7692, section 7.1).</summary>
/// <remarks>
/// Declines an offer that is malformed, or has an unknown or unsupported parameter, and tries the next one. A header never makes
/// an upgrade fail.
/// </remarks>
internal static class DeflateNegotiation
{
    private const string Name = "permessage-deflate";
    private const string NoServerTakeover = "server_no_context_takeover";
    private const string NoClientTakeover = "client_no_context_takeover";
    private const string ServerBits = "server_max_window_bits";
    private const string ClientBits = "client_max_window_bits";

    // zlib cannot write with a window of 8 bits, the least that the RFC allows.
    private const int LeastBits = 8;
    private const int LeastPossibleBits = 9;
    private const int MostBits = 15;

    /// <summary>Accepts the first acceptable offer; null if there is none.</summary>
    /// <param name="header">The client's <c>Sec-WebSocket-Extensions</c>.</param>
    public static WebSocketDeflateOptions? Agree(StringValues header)
    {
        foreach (var offer in ExtensionOffer.Parse(header))
        {
            if (offer.Name == Name && TryAccept(offer, out var options))
                return options;
        }

        return null;
    }

    /// <summary>Writes the agreed parameters: the server's <c>Sec-WebSocket-Extensions</c>.</summary>
    public static string Answer(WebSocketDeflateOptions options) =>
        Name
        + (options.ServerContextTakeover ? "" : "; " + NoServerTakeover)
        + (options.ClientContextTakeover ? "" : "; " + NoClientTakeover)
        + Bits(ServerBits, options.ServerMaxWindowBits)
        + Bits(ClientBits, options.ClientMaxWindowBits);

    // A parameter with its default value is left out.
    private static string Bits(string name, int bits) =>
        bits == MostBits ? "" : string.Create(CultureInfo.InvariantCulture, $"; {name}={bits}");

    private static bool TryAccept(ExtensionOffer offer, out WebSocketDeflateOptions options)
    {
        options = new();
        foreach (var (name, value) in offer.Parameters)
        {
            switch (name)
            {
                case NoServerTakeover when value is null:
                    options.ServerContextTakeover = false;
                    break;
                case NoClientTakeover when value is null:
                    options.ClientContextTakeover = false;
                    break;
                case ServerBits when TryReadBits(value, out var bits) && bits >= LeastPossibleBits:
                    options.ServerMaxWindowBits = bits;
                    break;
                case ClientBits when value is null:
                    break;
                case ClientBits when TryReadBits(value, out var bits):
                    // If zlib cannot use the client's window, it can read with the largest one, so the answer does not
                    // mention it.
                    options.ClientMaxWindowBits = bits >= LeastPossibleBits ? bits : MostBits;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    // RFC 7692 allows no leading zeros, and so no signs and blanks.
    private static bool TryReadBits(string? value, out int bits) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out bits)
            && value![0] != '0'
            && bits is >= LeastBits and <= MostBits;
}
