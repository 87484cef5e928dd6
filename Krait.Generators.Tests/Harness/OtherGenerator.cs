using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Krait.Generators.Tests.Harness;

/// <summary>A generator of somebody else, which runs beside Krait's in every test: neither sees what the other writes.</summary>
/// <remarks>
/// It always writes a client, <c>Generated.Clients.ShopClient</c>. Whatever else a test wants from it, such as a strongly typed id,
/// an attribute or another part of a class, is in <c>[assembly: OtherGenerator.Writes("source")]</c>.
/// </remarks>
internal sealed class OtherGenerator : IIncrementalGenerator
{
    private const string Writes = """
        namespace OtherGenerator
        {
            [global::System.AttributeUsage(global::System.AttributeTargets.Assembly, AllowMultiple = true)]
            internal sealed class WritesAttribute : global::System.Attribute
            {
                public WritesAttribute(string source) => Source = source;

                public string Source { get; }
            }
        }
        """;

    private const string Client = """
        namespace Generated.Clients
        {
            /// <summary>A client of a shop.</summary>
            public sealed class ShopClient { }
        }
        """;

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddSource("Writes.g.cs", Writes));
        var sources = context.SyntaxProvider.ForAttributeWithMetadataName(
            "OtherGenerator.WritesAttribute",
            static (node, _) => node is CompilationUnitSyntax,
            static (found, _) => string.Join('\n', found.Attributes.Select(Asked)));
        context.RegisterSourceOutput(sources.Collect(), static (output, asked) =>
        {
            output.AddSource("Client.g.cs", Client);
            foreach (var (index, source) in asked.Index())
                output.AddSource($"Written{index}.g.cs", source);
        });
    }

    private static string Asked(AttributeData attribute) => attribute.ConstructorArguments is [{ Value: string source }] ? source : "";
}
