namespace Krait;

/// <summary>
/// Tells [OnDrain] when the client should connect again. Krait is about to close the connection, because the server stops.
/// </summary>
/// <param name="ReconnectAfter">
/// How long the client should wait before it connects again: a random time from zero to
/// <see cref="KraitOptions.ReconnectSpread"/>. It differs for each connection, so that the clients do not all come back at once.
/// </param>
public sealed record DrainInfo(TimeSpan ReconnectAfter);
