using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>A library of the user's that has the package, and that the user's project refers to.</summary>
internal static class UserLibrary
{
    /// <summary>Compiles a library that has the package, for a project to refer to.</summary>
    public static MetadataReference Reference(string source)
    {
        using var image = new MemoryStream();
        var result = Compile(source).Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>The library with what the generators add to it.</summary>
    public static CSharpCompilation Compile(string source) => GeneratorRun.Of(UserProject.Compile(source).WithAssemblyName("Library")).Output;
}
