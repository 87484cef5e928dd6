using System.Reflection;

namespace Krait.Generators.Tests.Harness;

/// <summary>Where this project and its repository stand.</summary>
internal static class TestProject
{
    /// <summary>The directory of the project file, written into the assembly by the build.</summary>
    public static string Directory { get; } = typeof(TestProject).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "ProjectDirectory").Value!;

    /// <summary>The directory of the solution.</summary>
    public static string Repository { get; } = Path.GetDirectoryName(Directory)!;

    /// <summary>Finds a source file of this project by what the compiler recorded as its path.</summary>
    /// <remarks>A deterministic build records <c>/_/Krait.Generators.Tests/...</c>; what follows the project's own name holds everywhere.</remarks>
    /// <param name="callerFilePath">A value of <see cref="System.Runtime.CompilerServices.CallerFilePathAttribute"/>.</param>
    public static string SourceFile(string callerFilePath)
    {
        var path = callerFilePath.Replace('\\', '/');
        var project = "/" + Path.GetFileName(Directory) + "/";
        return Path.Combine(Directory, path[(path.LastIndexOf(project, StringComparison.Ordinal) + project.Length)..]);
    }
}
