namespace Krait.Load.Measuring;

/// <summary>One server on each transport.</summary>
internal static class TransportContenders
{
    private static readonly (string Suffix, SocketMode Sockets)[] Modes =
        [("", SocketMode.Plain), ("-tuned", SocketMode.Tuned), ("-sockets", SocketMode.Krait)];

    /// <summary>Names them as the other tables do.</summary>
    /// <param name="name">What the names begin with.</param>
    /// <param name="server">Which server.</param>
    public static IReadOnlyList<Contender> Of(string name, string server) =>
        [.. Modes.Select(mode => new Contender(name + mode.Suffix, server, mode.Sockets))];
}
