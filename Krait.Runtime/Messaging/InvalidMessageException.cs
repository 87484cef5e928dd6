namespace Krait;

/// <summary>
/// A client sent something that is not a message of the controller. An [OnError] handler may take it, and the connection goes on.
/// </summary>
/// <param name="kind">What is wrong with it.</param>
/// <param name="message">A short sentence for logs. Handlers may send it to clients, so it must not contain secrets.</param>
/// <param name="inner">The exception of the decoder.</param>
/// <param name="partial">
/// The part of the message that could be read. [OnError] gets it as its message if the type fits.
/// </param>
public class InvalidMessageException(InvalidMessageKind kind, string message, Exception? inner = null, object? partial = null)
    : Exception(message, inner)
{
    /// <summary>What is wrong with the message.</summary>
    public InvalidMessageKind Kind { get; } = kind;

    /// <summary>The part of the message that could be read, or null.</summary>
    public object? Partial { get; } = partial;
}

/// <summary>What is wrong with a message.</summary>
public enum InvalidMessageKind
{
    /// <summary>It cannot be read: close status 1007.</summary>
    Malformed,

    /// <summary>It names a type that the controller does not take: close status 1007.</summary>
    UnknownType,

    /// <summary>It is larger than its type allows: close status 1009.</summary>
    TooLarge,

    /// <summary>It came in a text frame instead of a binary one, or the other way round: close status 1003.</summary>
    WrongFormat,
}
