namespace Krait;

/// <summary>A room cannot be reached, so a message was not sent. A room in the memory of one server never throws this.</summary>
public class RoomUnavailableException : Exception
{
    /// <summary>Creates an exception with the message that the room cannot be reached.</summary>
    public RoomUnavailableException()
        : this("The room cannot be reached at the moment.")
    {
    }

    /// <summary>Creates an exception with your own message.</summary>
    /// <param name="message">The reason why the room cannot be reached.</param>
    /// <param name="innerException">The cause, if any.</param>
    public RoomUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
