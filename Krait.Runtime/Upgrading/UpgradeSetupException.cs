namespace Krait.Upgrading;

/// <summary>
/// The application is not set up for its controller. The message is for its developer, so it is only logged.
/// </summary>
internal sealed class UpgradeSetupException(string message) : InvalidOperationException(message);
