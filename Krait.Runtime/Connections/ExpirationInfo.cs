namespace Krait;

/// <summary>Tells [OnExpiring] when the authentication of the connection's user ends.</summary>
/// <param name="ExpiresAt">
/// The time in UTC at which Krait closes the connection, unless <see cref="WebSocketConnection.ReauthenticateAsync"/> renews the
/// authentication before then.
/// </param>
public sealed record ExpirationInfo(DateTimeOffset ExpiresAt);
