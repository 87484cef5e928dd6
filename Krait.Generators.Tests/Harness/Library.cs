using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Harness;

/// <summary>A project that others refer to.</summary>
internal static class Library
{
    /// <summary>Compiles a project into a library that others can refer to.</summary>
    public static PortableExecutableReference ToReference(this CSharpCompilation library)
    {
        using var image = new MemoryStream();
        var result = library.WithAssemblyName("Library").Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
