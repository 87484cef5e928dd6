using System.Collections;
using System.Reflection;

namespace Krait.Generators.Tests.Harness;

/// <summary>Nothing of the compiler's own stays in a cached model: a symbol, a tree or a location would keep a whole compilation alive and never compare equal.</summary>
internal static class ModelLaw
{
    /// <summary>Walks whatever the tracked steps came to.</summary>
    public static void Check(GeneratorRun run)
    {
        foreach (var name in TrackingNames.All)
        {
            if (!run.Krait.TrackedSteps.TryGetValue(name, out var steps))
                continue;

            foreach (var output in steps.SelectMany(step => step.Outputs))
                Check(output.Value, name);
        }
    }

    /// <summary>Walks one model.</summary>
    public static void Check(object? model, string name) => Walk(model, name, new(ReferenceEqualityComparer.Instance));

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;

        var type = value.GetType();
        Assert.False(BelongsToTheCompiler(type), $"{path} holds a {type}.");
        if (value is IEnumerable items && !IsUninitialized(value))
        {
            foreach (var item in items)
                Walk(item, $"{path}[]", seen);
        }

        for (var level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen);
        }
    }

    private static bool BelongsToTheCompiler(Type type) =>
        type.Assembly.GetName().Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || typeof(Delegate).IsAssignableFrom(type);

    private static bool IsUninitialized(object value) =>
        value.GetType().GetProperty("IsDefault")?.GetValue(value) is true;
}
