namespace Krait;

/// <summary>Why a message was not sent at once.</summary>
public enum SendFailure
{
    /// <summary>It was sent.</summary>
    None,

    /// <summary>The send buffer is full, or other messages wait for room in it, because the client reads slowly.</summary>
    Full,

    /// <summary>The connection is closed, or closing.</summary>
    Closed,
}
