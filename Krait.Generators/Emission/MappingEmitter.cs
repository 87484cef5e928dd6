namespace Krait.Generators.Emission;

/// <summary>Writes <c>MapWebSocketControllers</c>, also for a project that has no controller yet.</summary>
internal static class MappingEmitter
{
    public static string Emit(MappingSpec spec) => LineWidth.Apply(Template.Of($$"""
        {{ControllerEmitter.Header}}
        {{(spec.Controllers.Count > 0 ? Pragma(spec) : "")}}

        namespace Microsoft.AspNetCore.Builder;

        /// <summary>Maps the WebSocket controllers of this assembly.</summary>
        [global::Microsoft.CodeAnalysis.Embedded]
        {{GeneratedCodeAttributes.Lines}}
        internal static class WebSocketControllerMapping
        {
            /// <summary>Maps every WebSocket controller of this assembly to its route.</summary>
            /// <param name="endpoints">Where to map them: an application or a route group.</param>
            /// <returns>A builder whose conventions apply to every controller.</returns>
            public static global::Microsoft.AspNetCore.Builder.IEndpointConventionBuilder MapWebSocketControllers(
                this global::Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints) =>
                {{(spec.IsForbidden ? "Map(endpoints)" : Value(spec))}};
            {{(spec.IsForbidden ? Obsolete(spec) : "")}}
        }

        """));

    private static string Pragma(MappingSpec spec)
    {
        var ids = string.Join(", ", ["CS0612", "CS0618", .. spec.Warnings]);
        return $"#pragma warning disable {ids} // Obsolete controllers are mapped too.";
    }

    /// <summary>Only obsolete code may name controllers that are obsolete as an error.</summary>
    private static string Obsolete(MappingSpec spec) => Template.Of($"""

        {GeneratedCodeAttributes.Obsolete}
        private static global::Microsoft.AspNetCore.Builder.IEndpointConventionBuilder Map(
            global::Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints) =>
            {Value(spec)};
        """);

    private static string Value(MappingSpec spec)
    {
        const string map = "global::Microsoft.AspNetCore.Builder.KraitEndpointRouteBuilderExtensions.MapWebSocketController";
        var calls = string.Concat(spec.Controllers.Select((controller, index) =>
            $"{(index > 0 ? "," : "")}\n{map}<{controller}>(endpoints)"));
        return spec.Refusal is { } sentence
            ? $"throw {MemberEmitter.Refusal(sentence)}"
            : $"global::Krait.CompilerServices.ControllerMapping.Combine({calls.Replace("\n", "\n    ")})";
    }
}
