using Krait;

namespace Board;

/// <summary>The answer to a command.</summary>
public abstract record BoardReply : BoardEvent
{
    /// <summary>The id of the command, which Krait copies; null if the message had no readable id.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>The server carried out the command, now or when the page sent it the first time.</summary>
public sealed record Done : BoardReply;

/// <summary>The server did not carry out the command. The text says why.</summary>
public sealed record Problem(string Text) : BoardReply;
