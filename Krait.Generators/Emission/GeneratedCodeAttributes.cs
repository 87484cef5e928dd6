namespace Krait.Generators.Emission;

/// <summary>The attributes of everything that is generated.</summary>
internal static class GeneratedCodeAttributes
{
    /// <summary>The name by which the parser knows what Krait generated.</summary>
    public const string Tool = "Krait.Generators";

    /// <summary>The version of this assembly, such as 0.1.0.</summary>
    public static string Version { get; } = typeof(GeneratedCodeAttributes).Assembly.GetName().Version.ToString(3);

    /// <summary>The attributes, one a line.</summary>
    public static string Lines { get; } = $"""
        [global::System.CodeDom.Compiler.GeneratedCode("{Tool}", "{Version}")]
        [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
        """.Replace("\r\n", "\n");

    /// <summary>What lets a member name what must not be used: the compiler allows it to what is obsolete itself.</summary>
    public const string Obsolete = "[global::System.Obsolete]";
}
