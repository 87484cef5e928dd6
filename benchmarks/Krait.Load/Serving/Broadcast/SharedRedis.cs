namespace Krait.Load.Serving;

/// <summary>The Redis through which servers share their rooms.</summary>
internal static class SharedRedis
{
    /// <summary>The name of the environment variable with its address.</summary>
    public const string Variable = "KRAIT_LOAD_REDIS";

    /// <summary>Its address; null if there is only one server.</summary>
    public static string? Address => Environment.GetEnvironmentVariable(Variable);
}
