using Krait;

namespace Board;

/// <summary>The answer to a command.</summary>
public abstract record BoardReply : BoardEvent
{
    /// <summary>That of the command, given by Krait; null if the message had none that could be read.</summary>
    [CorrelationId]
    public int? Id { get; init; }
}

/// <summary>The command was carried out, now or when the page sent it the first time.</summary>
public sealed record Done : BoardReply;

/// <summary>The command was not carried out, and why.</summary>
public sealed record Problem(string Text) : BoardReply;
