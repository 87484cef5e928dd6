namespace Krait;

/// <summary>
/// Marks the static method that accepts or denies a connection before the upgrade, while the server can still answer with HTTP.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnUpgradeAttribute : Attribute;

/// <summary>Marks the method that Krait calls once after the upgrade. Krait handles no message before it completes.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnOpenAttribute : Attribute;

/// <summary>
/// Marks a method that handles received messages of its parameter's type. Krait sends its return value as the reply.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnMessageAttribute : Attribute;

/// <summary>Marks the method that Krait calls exactly once when an upgraded connection has ended.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnCloseAttribute : Attribute;

/// <summary>
/// Marks a method that takes exceptions of its parameter's type. Krait calls the handler with the most specific type.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnErrorAttribute : Attribute;

/// <summary>Marks the method that runs at the same time as the other handlers, for as long as the connection lasts.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RunAttribute : Attribute;

/// <summary>
/// Marks the method that Krait calls when the connection has lost messages of a room. Krait sends its return value in their
/// place.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnLostAttribute : Attribute;

/// <summary>
/// Marks the method that Krait calls when members have joined or left a room of the controller, at most once every 250 ms. It
/// takes a <see cref="PresenceChange{TMember}"/>. Krait sends its return value.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnPresenceAttribute : Attribute;

/// <summary>
/// Marks the method that Krait calls before it ends the connection because the host stops and
/// <see cref="KraitOptions.DrainPeriod"/> is set. It can take a <see cref="DrainInfo"/>. Krait sends its return value, and then
/// closes the connection with 1012.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnDrainAttribute : Attribute;

/// <summary>
/// Marks the method that Krait calls <see cref="KraitOptions.AuthenticationExpirationNotice"/> before it closes the connection
/// because the authentication of its user expires. It can take an <see cref="ExpirationInfo"/>. Krait sends its return value.
/// </summary>
/// <remarks>
/// Krait calls it once for each authentication: again after a successful
/// <see cref="WebSocketConnection.ReauthenticateAsync"/> with another time. It needs
/// <see cref="KraitOptions.CloseOnAuthenticationExpiration"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OnExpiringAttribute : Attribute;
