namespace Krait;

/// <summary>Makes messages that are encoded once, however many connections they are sent on.</summary>
public static class Encoded
{
    /// <summary>Makes a message that encodes itself when it is first sent, once for each codec.</summary>
    /// <typeparam name="TSend">What the connections send.</typeparam>
    /// <param name="message">The message; it must not change any more.</param>
    public static Encoded<TSend> Create<TSend>(TSend message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message);
    }
}
