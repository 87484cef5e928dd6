using System.ComponentModel;
using Microsoft.AspNetCore.Builder;

namespace Krait.CompilerServices;

/// <summary>Helps the generated <c>MapWebSocketControllers</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ControllerMapping
{
    /// <summary>Combines several builders into one, so that a convention applies to every endpoint.</summary>
    public static IEndpointConventionBuilder Combine(params IEndpointConventionBuilder[] builders) =>
        new CombinedBuilder(builders);

    private sealed class CombinedBuilder(IEndpointConventionBuilder[] builders) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var builder in builders)
                builder.Add(convention);
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (var builder in builders)
                builder.Finally(finallyConvention);
        }
    }
}
