namespace Krait.Messaging;

/// <summary>A decoder that knows the type of a message without making it.</summary>
internal interface IDiscriminatingDecoder
{
    /// <summary>Returns the type that the message would have, if it can be decoded; null if its type is not known.</summary>
    /// <exception cref="Exception">Its type cannot be read.</exception>
    Type? TypeOf(in ReceivedMessage message);
}
