namespace Krait.Upgrading;

/// <summary>
/// The application is not set up for its own controller; the message is for its developer and reaches only the log.
/// </summary>
internal sealed class UpgradeSetupException(string message) : InvalidOperationException(message);
