using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Snapshots;

public sealed class MappingTests
{
    [Fact]
    public Task Every_controller_of_the_assembly_is_mapped() => GeneratedCode.VerifyMapping(UserProject.Compile(
        Controller("public sealed partial class ZebraController", "/zebra"),
        "namespace Animals;\n" + Controller("internal sealed partial class AntController", "/ant"),
        "public partial class Outer\n{\n" + Controller("internal sealed partial class InnerController", "/inner") + "\n}",
        "[Obsolete(\"Use another.\")]" + Controller("public sealed partial class OldController", "/old"),
        "[Obsolete]" + Controller("public sealed partial class OlderController", "/older"),
        Startup));

    [Fact]
    public Task Without_controllers_the_method_is_still_there() => GeneratedCode.VerifyMapping(UserProject.Compile(Startup));

    [Fact]
    public async Task Assemblies_that_see_each_others_internals_map_their_own_controllers()
    {
        var library = await GeneratedCode.Generate(UserProject.Compile(
            "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"UserProject\")]",
            Controller("public sealed partial class LibraryController", "/library")).WithAssemblyName("Library"));
        using var image = new MemoryStream();
        Assert.True(library.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var application = UserProject.Compile(Controller("public sealed partial class ApplicationController", "/application"), Startup)
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));

        await GeneratedCode.Generate(application);
    }

    private const string Startup = """
        public static class Startup
        {
            public static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints) => endpoints.MapWebSocketControllers();
        }
        """;

    private static string Controller(string declaration, string pattern) => $$"""
        [WebSocketController("{{pattern}}")]
        {{declaration}}
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """;
}
