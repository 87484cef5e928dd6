using System.Text.Json;

namespace Krait.Controllers;

/// <summary>Distinguishes messages that cannot be read from faults of the server.</summary>
internal static class InvalidMessages
{
    /// <summary>
    /// Wraps the exceptions that decoders may throw for a malformed message. Other exceptions are faults; it returns them as is.
    /// </summary>
    public static Exception Of(Exception error) => error is FormatException or JsonException
        ? new InvalidMessageException(InvalidMessageKind.Malformed, "The message is malformed.", error)
        : error;
}
