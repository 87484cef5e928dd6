using System.Net;

namespace Krait.Load.Driving;

/// <summary>What a client says to a server, prepared to the last byte.</summary>
internal abstract record Dialogue
{
    /// <summary>Where the WebSocket is.</summary>
    public required string Path { get; init; }

    /// <summary>What is sent once, after the upgrade; empty if nothing is.</summary>
    public byte[] Greeting { get; init; } = [];

    /// <summary>The client's own address; null if the kernel chooses it.</summary>
    public IPAddress? From { get; init; }

    /// <summary>One message, as its frame.</summary>
    public required byte[] Message { get; init; }

    /// <summary>Whether answers are counted by their record separators: SignalR puts several into one frame. Else every final frame is one.</summary>
    public bool CountsRecords { get; init; }
}
