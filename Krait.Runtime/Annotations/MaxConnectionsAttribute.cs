namespace Krait;

/// <summary>Limits how many connections to a controller one user, or one address, has at once on this server.</summary>
/// <remarks>
/// Krait refuses further ones with 429 and a problem+json body, before [OnUpgrade]. A request counts from there until it is
/// refused, or its connection has ended and [OnClose] has returned. If there are several attributes, a connection must be within
/// each limit.
/// </remarks>
/// <param name="connections">How many; positive.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class MaxConnectionsAttribute(int connections) : Attribute
{
    /// <summary>How many connections.</summary>
    public int Connections { get; } = connections;

    /// <summary>Which connections count together; those of a user unless you set it.</summary>
    public Partition Per { get; set; }
}
