using System.ComponentModel;
using Microsoft.AspNetCore.Builder;

namespace Krait.CompilerServices;

/// <summary>What the generated <c>MapWebSocketControllers</c> calls.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ControllerMapping
{
    /// <summary>Makes one builder of several, so that a convention reaches every endpoint.</summary>
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
