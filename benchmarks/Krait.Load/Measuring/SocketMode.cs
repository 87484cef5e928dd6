namespace Krait.Load.Measuring;

/// <summary>How a server reads from its sockets.</summary>
internal enum SocketMode
{
    /// <summary>As Kestrel does by default.</summary>
    Plain,

    /// <summary>Kestrel's own transport with inline scheduling, and with the inline completions of .NET's sockets.</summary>
    Tuned,

    /// <summary>With <c>UseKraitSockets()</c>.</summary>
    Krait,
}
