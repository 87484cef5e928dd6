using System.Text.Json;

namespace Krait.Controllers;

/// <summary>Tells a message that cannot be read from a fault of the server.</summary>
internal static class InvalidMessages
{
    /// <summary>
    /// Wraps what decoders may throw for a malformed message; anything else is a fault and comes back as it is.
    /// </summary>
    public static Exception Of(Exception error) => error is FormatException or JsonException
        ? new InvalidMessageException(InvalidMessageKind.Malformed, "The message is malformed.", error)
        : error;
}
