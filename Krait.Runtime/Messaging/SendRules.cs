using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>What an endpoint's attributes say of the messages that it sends. One for each endpoint.</summary>
/// <param name="IsUncompressed">
/// Says which messages are sent as they are on a connection that compresses; null if all may be compressed.
/// </param>
/// <param name="WhenSlow">
/// Says what a room does with a message when a member reads too slowly; null if the room's default holds for all.
/// </param>
internal sealed record SendRules<T>(Func<T, bool>? IsUncompressed, Func<T, MessagePolicy>? WhenSlow);
