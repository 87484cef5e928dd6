namespace Krait;

/// <summary>Creates messages that Krait encodes once, even if you send them on many connections.</summary>
public static class Encoded
{
    /// <summary>Creates a message that Krait encodes when you first send it, once for each codec.</summary>
    /// <typeparam name="TSend">The type of messages that the connections send.</typeparam>
    /// <param name="message">The message. Do not change it afterwards.</param>
    public static Encoded<TSend> Create<TSend>(TSend message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message);
    }
}
