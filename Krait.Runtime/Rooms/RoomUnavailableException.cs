namespace Krait;

/// <summary>A message could not be given to a room.</summary>
public class RoomUnavailableException : Exception
{
    /// <summary>Says that a room cannot be reached.</summary>
    public RoomUnavailableException()
        : this("The room cannot be reached at the moment.")
    {
    }

    /// <summary>Says why a room cannot be reached.</summary>
    /// <param name="message">Why.</param>
    /// <param name="innerException">What failed.</param>
    public RoomUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
