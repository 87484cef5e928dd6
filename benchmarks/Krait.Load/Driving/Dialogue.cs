using System.Net;

namespace Krait.Load.Driving;

/// <summary>What a client says to a server, prepared to the last byte.</summary>
internal abstract record Dialogue
{
    /// <summary>The most that is sent at once, in bytes.</summary>
    public const int LargestWrite = 64 * 1024;

    /// <summary>Where the WebSocket is.</summary>
    public required string Path { get; init; }

    /// <summary>What is sent once, after the upgrade; empty if nothing is.</summary>
    public byte[] Greeting { get; init; } = [];

    /// <summary>The client's own address; null if the kernel chooses it.</summary>
    public IPAddress? From { get; init; }

    /// <summary>One message, as its frame; or one request.</summary>
    public required byte[] Message { get; init => (field, Batch) = (value, Repeat(value)); }

    /// <summary>Many messages, one after the other, at least <see cref="LargestWrite"/> bytes and one message: for writes of several.</summary>
    public byte[] Batch { get; private init; } = [];

    /// <summary>Whether answers are counted by their record separators: SignalR puts several into one frame. Else every final frame is one.</summary>
    public bool CountsRecords { get; init; }

    /// <summary>How long every answer is, in bytes: there is no upgrade then, and answers are counted by it. 0 for WebSockets.</summary>
    public int AnswerLength { get; init; }

    private static byte[] Repeat(byte[] message) =>
        [.. Enumerable.Repeat(message, 1 + (LargestWrite / (message.Length + 1))).SelectMany(static one => one)];
}
