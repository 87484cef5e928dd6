namespace Krait.Runtime.Tests.Conformance;

/// <summary>A row: what a client sends, and what must come back.</summary>
/// <param name="Name">What the client does.</param>
/// <param name="Sends">Its bytes, after the handshake.</param>
internal sealed record ConformanceCase(string Name, byte[] Sends)
{
    /// <summary>What the server must write first, to the byte.</summary>
    public byte[] Receives { get; init; } = [];

    /// <summary>How the connection must end.</summary>
    public CaseEnd End { get; init; }

    /// <summary>The status of the close frame that must come; 1005 for one without.</summary>
    public int Status { get; init; }

    /// <summary>The action of the client when the server has answered a violation with its close frame.</summary>
    public CaseAnswer Answer { get; init; }

    /// <summary>Whether [OnClose] gets a clean close; null where it depends on the moment.</summary>
    public bool? WasClean { get; init; }

    /// <summary>Whether the bytes are sent in the same segment as the request.</summary>
    public bool IsEarly { get; init; }

    /// <summary>Whether each byte is sent by itself.</summary>
    public bool IsByteByByte { get; init; }

    /// <summary>Whether the client goes on sending bytes that the server discards.</summary>
    public bool GoesOnSending { get; init; }

    /// <summary>Whether the client breaks the connection once it has the server's close frame.</summary>
    public bool ResetsAtTheClose { get; init; }

    /// <summary>Whether the case is one only where compression was not agreed on.</summary>
    public bool IsOfPlainWires { get; init; }

    /// <summary>What the client offers as extensions.</summary>
    public string? Extensions { get; init; }
}

/// <summary>The actions of a client that broke the protocol, once it has the server's close frame.</summary>
internal enum CaseAnswer
{
    /// <summary>It ends its side.</summary>
    Finishes,

    /// <summary>It sends its close frame, and waits for the server to end the connection.</summary>
    Closes,

    /// <summary>It only waits for the server to end the connection.</summary>
    KeepsQuiet,
}

/// <summary>How the connection of a case ends.</summary>
internal enum CaseEnd
{
    /// <summary>It goes on: another message is answered, and the closing handshake completes.</summary>
    GoesOn,

    /// <summary>The client has closed: its close is echoed, and the server ends the connection by itself.</summary>
    ClientCloses,

    /// <summary>The client broke the protocol: a close frame comes, then the end of the server's side, never a reset.</summary>
    ServerFails,

    /// <summary>The client ends its side.</summary>
    ClientFinishes,

    /// <summary>The client breaks the connection.</summary>
    ClientResets,
}
