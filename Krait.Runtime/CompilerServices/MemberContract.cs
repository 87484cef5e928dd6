using System.ComponentModel;
using System.Text.Json.Serialization;
using Krait.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.CompilerServices;

/// <summary>Encodes the members that a controller's rooms list, for other servers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MemberContract
{
    private protected MemberContract()
    {
    }

    /// <summary>JSON, with the metadata of the user's context.</summary>
    /// <exception cref="InvalidOperationException">
    /// <paramref name="context"/> has no metadata of <typeparamref name="TMember"/>.
    /// </exception>
    public static MemberContract Json<TMember>(JsonSerializerContext context)
        where TMember : class
    {
        ArgumentNullException.ThrowIfNull(context);
        return new JsonContract<TMember>(new(context));
    }

    /// <summary>The type of members.</summary>
    internal abstract Type Member { get; }

    /// <summary>Registers the contract for the rooms of an application.</summary>
    /// <param name="services">The application's services.</param>
    internal abstract void Apply(IServiceProvider services);

    private sealed class JsonContract<TMember>(MemberCodec<TMember> codec) : MemberContract
        where TMember : class
    {
        internal override Type Member => typeof(TMember);

        internal override void Apply(IServiceProvider services) =>
            services.GetRequiredService<PresenceDirectory<TMember>>().Accept(codec);
    }
}
