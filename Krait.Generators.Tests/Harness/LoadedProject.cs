using System.Reflection;
using System.Runtime.Loader;

namespace Krait.Generators.Tests.Harness;

/// <summary>What was generated, compiled and loaded into this process.</summary>
internal sealed class LoadedProject : IDisposable
{
    private readonly AssemblyLoadContext context = new("UserProject", isCollectible: true);

    /// <summary>Compiles and loads the output of a run.</summary>
    public LoadedProject(GeneratorRun run)
    {
        using var image = new MemoryStream();
        var result = run.Output.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        Assembly = context.LoadFromStream(image);
    }

    /// <summary>The user's assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>The attributes that a controller's descriptor gives its endpoint.</summary>
    /// <exception cref="InvalidOperationException">The controller was refused.</exception>
    public IReadOnlyList<object> Metadata(string controller) =>
        (IReadOnlyList<object>)typeof(LoadedProject).GetMethod(nameof(MetadataOf), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(Assembly.GetType(controller, throwOnError: true)!)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    /// <summary>A value of a controller's descriptor.</summary>
    public object Fact(string controller, string property)
    {
        var type = Assembly.GetType(controller, throwOnError: true)!;
        var descriptor = typeof(LoadedProject).GetMethod(nameof(DescriptorOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, null)!;
        return descriptor.GetType().GetProperty(property)!.GetValue(descriptor)!;
    }

    /// <inheritdoc/>
    public void Dispose() => context.Unload();

    private static WebSocketControllerDescriptor<TController> DescriptorOf<TController>()
        where TController : class, IWebSocketController<TController> => TController.Descriptor;

    private static IReadOnlyList<object> MetadataOf<TController>()
        where TController : class, IWebSocketController<TController> => TController.Descriptor.Metadata;
}
