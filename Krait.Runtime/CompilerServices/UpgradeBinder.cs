using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Krait.CompilerServices;

/// <summary>Gives the parameters of the constructor, [OnUpgrade] and [OnOpen] their values, while the request can still be refused.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UpgradeBinder
{
    internal UpgradeBinder(UpgradeRequest request) => Request = request;

    /// <summary>The request.</summary>
    public UpgradeRequest Request { get; }

    /// <summary>The HTTP context of the request.</summary>
    public HttpContext HttpContext => Request.HttpContext;

    /// <summary>Who asks.</summary>
    public ClaimsPrincipal User => HttpContext.User;

    /// <summary>Fires when the client gives up before the upgrade.</summary>
    public CancellationToken RequestAborted => HttpContext.RequestAborted;

    /// <summary>The route value of that name.</summary>
    public BoundValue Route(string name) => throw new NotImplementedException();

    /// <summary>The first query value of that name.</summary>
    public BoundValue Query(string name) => throw new NotImplementedException();

    /// <summary>The request header of that name.</summary>
    public BoundValue Header(string name) => throw new NotImplementedException();

    /// <summary>A service of the connection's scope.</summary>
    public T Service<T>()
        where T : notnull => throw new NotImplementedException();

    /// <summary>A service of the connection's scope, or null if there is none.</summary>
    public T? ServiceOrNull<T>() => throw new NotImplementedException();

    /// <summary>A keyed service of the connection's scope.</summary>
    public T KeyedService<T>(object? key)
        where T : notnull => throw new NotImplementedException();

    /// <summary>A keyed service of the connection's scope, or null if there is none.</summary>
    public T? KeyedServiceOrNull<T>(object? key) => throw new NotImplementedException();
}
