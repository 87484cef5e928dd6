namespace Krait;

/// <summary>Tells [OnDrain] when the client of a connection that Krait is about to drain should come back.</summary>
/// <param name="ReconnectAfter">
/// When the client should come back: a random time from zero to <see cref="KraitOptions.ReconnectSpread"/>, another one for each
/// connection, so that not all clients come back at once.
/// </param>
public sealed record DrainInfo(TimeSpan ReconnectAfter);
