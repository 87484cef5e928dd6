namespace Krait.Generators.Emission;

/// <summary>Writes <c>MapWebSocketControllers</c>, also for a project that has no controller yet.</summary>
internal static class MappingEmitter
{
    private const string Builder = "global::Microsoft.AspNetCore.Builder.IEndpointConventionBuilder";

    public static string Emit(MappingSpec spec)
    {
        var writer = new SourceWriter();
        writer.Lines(ControllerEmitter.Header);
        if (spec.Controllers.Count > 0)
            writer.Line($"#pragma warning disable {string.Join(", ", ["CS0612", "CS0618", .. spec.Experiments])} // Obsolete controllers are mapped too.");

        writer.Line().Line("namespace Microsoft.AspNetCore.Builder;").Line();
        writer.Lines($"""
            /// <summary>Maps the WebSocket controllers of this assembly.</summary>
            [global::Microsoft.CodeAnalysis.Embedded]
            {ControllerEmitter.GeneratedCode}
            """);
        using (writer.Block("internal static class WebSocketControllerMapping"))
        {
            writer.Lines($"""
                /// <summary>Maps every WebSocket controller of this assembly to its route.</summary>
                /// <param name="endpoints">Where to map them: an application or a route group.</param>
                /// <returns>A builder whose conventions reach every controller.</returns>
                public static {Builder} MapWebSocketControllers(this global::Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints) =>
                """);
            using (writer.Indent())
                EmitBody(writer, spec);
        }

        return writer.ToString();
    }

    private static void EmitBody(SourceWriter writer, MappingSpec spec)
    {
        if (spec.Refusal is { } sentence)
        {
            writer.Line($"throw {MemberEmitter.Refusal(sentence)};");
            return;
        }

        const string combine = "global::Krait.CompilerServices.ControllerMapping.Combine(";
        if (spec.Controllers.Count == 0)
        {
            writer.Line($"{combine});");
            return;
        }

        writer.Line(combine);
        using (writer.Indent())
        {
            for (var index = 0; index < spec.Controllers.Count; index++)
            {
                var call = $"global::Microsoft.AspNetCore.Builder.KraitEndpointRouteBuilderExtensions.MapWebSocketController<{spec.Controllers[index]}>(endpoints)";
                writer.Line(call + (index + 1 < spec.Controllers.Count ? "," : ");"));
            }
        }
    }
}
