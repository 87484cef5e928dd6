namespace Krait.Load.Serving;

/// <summary>What every server is told alike.</summary>
internal static class Limits
{
    public const int LargestMessage = 8 * 1024 * 1024;
}
