using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>The rules of an endpoint's attributes for the messages that it sends. One for each endpoint.</summary>
/// <param name="IsUncompressed">
/// Decides which messages are not compressed on a connection with compression; null if all may be compressed.
/// </param>
/// <param name="WhenSlow">
/// Chooses the policy of a message for members that read too slowly; null if the room's default applies to all.
/// </param>
internal sealed record SendRules<T>(Func<T, bool>? IsUncompressed, Func<T, MessagePolicy>? WhenSlow)
    : ICompressionRule, ISlowReaderRule<T>
{
    // Bytes from elsewhere may contain a secret.
    public bool MayCompress(IEncodedMessage message) =>
        IsUncompressed is null || (message.Content is T content && !IsUncompressed(content));

    public MessagePolicy PolicyOf(T message) => WhenSlow?.Invoke(message) ?? default;
}

/// <summary>Decides which messages may be compressed on the connections of an endpoint.</summary>
internal interface ICompressionRule
{
    /// <summary>Whether a message may be compressed on a connection with compression.</summary>
    bool MayCompress(IEncodedMessage message);
}

/// <summary>Chooses the policies of messages for members that read too slowly.</summary>
/// <remarks>Contravariant: the rules of an endpoint for a base also apply to the rooms of a derived type.</remarks>
internal interface ISlowReaderRule<in T>
{
    /// <summary>The policy of a message.</summary>
    MessagePolicy PolicyOf(T message);
}
