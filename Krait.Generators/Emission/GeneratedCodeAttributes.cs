namespace Krait.Generators.Emission;

/// <summary>The attributes of everything that is generated.</summary>
internal static class GeneratedCodeAttributes
{
    /// <summary>The name by which the parser recognizes members that Krait generated.</summary>
    public const string Tool = "Krait.Generators";

    /// <summary>The version of this assembly, such as 0.1.0.</summary>
    public static string Version { get; } = typeof(GeneratedCodeAttributes).Assembly.GetName().Version.ToString(3);

    /// <summary>The attributes, one a line.</summary>
    public static string Lines { get; } = $"""
        [global::System.CodeDom.Compiler.GeneratedCode("{Tool}", "{Version}")]
        [global::System.Diagnostics.CodeAnalysis.ExcludeFromCodeCoverage]
        """.Replace("\r\n", "\n");

    /// <summary>Allows a member to name something that is obsolete as an error, which only obsolete code may.</summary>
    public const string Obsolete = "[global::System.Obsolete]";
}
