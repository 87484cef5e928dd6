namespace Krait.Upgrading;

/// <summary>Chooses the subprotocol of a connection from what the client offers.</summary>
/// <remarks>Names compare ordinally: RFC 6455, section 11.3.4, makes them case-sensitive.</remarks>
internal static class SubprotocolNegotiation
{
    /// <summary>Returns the first of <paramref name="supported"/> that the client offers, or null.</summary>
    /// <param name="supported">The server's protocols, best first.</param>
    /// <param name="offered">The client's protocols in its own order; ignored here, since the server's order wins.</param>
    public static string? Choose(IReadOnlyList<string> supported, IReadOnlyList<string> offered)
    {
        foreach (var protocol in supported)
        {
            if (offered.Contains(protocol, StringComparer.Ordinal))
                return protocol;
        }

        return null;
    }
}
