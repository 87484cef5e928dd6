namespace Krait.Load.Serving;

/// <summary>What every server is told alike.</summary>
internal static class Limits
{
    public const int LargestMessage = 8 * 1024 * 1024;

    /// <summary>Keep-alive and deadlines that do not come into what is measured.</summary>
    public static readonly TimeSpan LongerThanAnyRun = TimeSpan.FromDays(1);
}
