using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>What an endpoint's attributes say of the messages that it sends. One for each endpoint.</summary>
/// <param name="IsUncompressed">
/// Says which messages are sent as they are on a connection that compresses; null if all may be compressed.
/// </param>
/// <param name="WhenSlow">
/// Says what a room does with a message when a member reads too slowly; null if the room's default holds for all.
/// </param>
internal sealed record SendRules<T>(Func<T, bool>? IsUncompressed, Func<T, MessagePolicy>? WhenSlow)
    : ICompressionRule, ISlowReaderRule<T>
{
    // Of bytes from elsewhere nobody knows whether they hold a secret.
    public bool MayCompress(IEncodedMessage message) =>
        IsUncompressed is null || (message.Content is T content && !IsUncompressed(content));

    public MessagePolicy PolicyOf(T message) => WhenSlow?.Invoke(message) ?? default;
}

/// <summary>Says which messages may be compressed on the connections of an endpoint.</summary>
internal interface ICompressionRule
{
    /// <summary>Whether a message may be compressed, where a connection compresses at all.</summary>
    bool MayCompress(IEncodedMessage message);
}

/// <summary>Says what a room does with messages when a member reads too slowly.</summary>
/// <remarks>Contravariant: what an endpoint knows of a base also holds for the rooms of a derived type.</remarks>
internal interface ISlowReaderRule<in T>
{
    /// <summary>What happens to a message.</summary>
    MessagePolicy PolicyOf(T message);
}
