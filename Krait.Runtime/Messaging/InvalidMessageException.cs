namespace Krait;

/// <summary>
/// A client sent something that is not a message of the controller. If an [OnError] handler takes the exception, the connection
/// goes on.
/// </summary>
/// <param name="kind">The kind of fault.</param>
/// <param name="message">A short sentence for logs. Handlers may send it to clients, so do not put secrets into it.</param>
/// <param name="inner">The exception of the decoder.</param>
/// <param name="partial">
/// The part of the message that could be read. [OnError] gets it as its message if the type fits.
/// </param>
public class InvalidMessageException(InvalidMessageKind kind, string message, Exception? inner = null, object? partial = null)
    : Exception(message, inner)
{
    /// <summary>The kind of fault.</summary>
    public InvalidMessageKind Kind { get; } = kind;

    /// <summary>The part of the message that could be read, or null.</summary>
    public object? Partial { get; } = partial;
}

/// <summary>The faults that a message can have.</summary>
public enum InvalidMessageKind
{
    /// <summary>It cannot be read: close status 1007.</summary>
    Malformed,

    /// <summary>Its type is not one that the controller takes: close status 1007.</summary>
    UnknownType,

    /// <summary>It is larger than its type allows: close status 1009.</summary>
    TooLarge,

    /// <summary>It came in a text frame instead of a binary one, or the other way round: close status 1003.</summary>
    WrongFormat,
}
