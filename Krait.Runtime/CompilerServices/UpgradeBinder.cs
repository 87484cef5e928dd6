using System.ComponentModel;
using System.Globalization;
using System.Security.Claims;
using Krait.Controllers;
using Krait.Rooms;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.CompilerServices;

/// <summary>
/// Finds the values for the parameters of the constructor, [OnUpgrade] and [OnOpen], while Krait can still refuse the request.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UpgradeBinder
{
    private readonly ConnectionScope _scope;
    private readonly IServiceProvider _application;
    private List<object>? _rooms;

    internal UpgradeBinder(UpgradeRequest request, ConnectionScope scope, IServiceProvider application)
    {
        _application = application;
        Request = request;
        _scope = scope;
    }

    /// <summary>The request.</summary>
    public UpgradeRequest Request { get; }

    /// <summary>The HTTP context of the request.</summary>
    public HttpContext HttpContext => Request.HttpContext;

    /// <summary>The user of the request.</summary>
    public ClaimsPrincipal User => HttpContext.User;

    /// <summary>Fires when the client disconnects before the upgrade.</summary>
    public CancellationToken RequestAborted => HttpContext.RequestAborted;

    /// <summary>The route value of that name.</summary>
    public BoundValue Route(string name) =>
        HttpContext.Request.RouteValues[name] is { } value
            ? new(BindingSource.Route, name, Convert.ToString(value, CultureInfo.InvariantCulture))
            : new(BindingSource.Route, name, null, fault: WhyNoRouteValue(name));

    /// <summary>The query value of that name; the first one, if a parameter takes one of several.</summary>
    public BoundValue Query(string name)
    {
        var values = HttpContext.Request.Query[name];
        return new(BindingSource.Query, name, values.Count == 0 ? null : values[0], values);
    }

    /// <summary>
    /// The request header of that name; joined by commas (RFC 9110, section 5.3), if a parameter takes one of several.
    /// </summary>
    public BoundValue Header(string name) =>
        new(
            BindingSource.Header,
            name,
            HttpContext.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null,
            values);

    /// <summary>The rooms of the constructor.</summary>
    internal IReadOnlyList<object> Rooms => _rooms ?? (IReadOnlyList<object>)[];

    /// <summary>The room of a constructor parameter. The connection joins it before [OnOpen].</summary>
    /// <param name="name">The name of the room, with route values filled in.</param>
    public IRoom<TSend> Room<TSend>(string name)
    {
        DemandRoom(name);
        return Keep(_application.GetRequiredService<IRooms<TSend>>()[name]);
    }

    /// <inheritdoc cref="Room{TSend}(string)"/>
    public IRoom<TSend, TMember> Room<TSend, TMember>(string name)
        where TMember : class
    {
        DemandRoom(name);
        return Keep(_application.GetRequiredService<IRooms<TSend, TMember>>()[name]);
    }

    /// <summary>The position from which the client comes back to the room of the constructor.</summary>
    /// <param name="name">The name of the query value with the position.</param>
    /// <param name="replayAll">Whether a client that is not recovered gets all messages that the room keeps.</param>
    public Resumption Resume(string name, bool replayAll = false)
    {
        var values = HttpContext.Request.Query[name];
        var position = values.Count == 1 ? values[0] : null;
        var isValid = position is { Length: > 0 and <= Krait.Resumption.LongestPosition };
        return Resumption = new() { From = isValid ? position : null, ReplaysAll = replayAll };
    }

    /// <summary>How the client comes back; null if [OnOpen] does not ask.</summary>
    internal Resumption? Resumption { get; private set; }

    /// <summary>A route value, escaped as a part of a room's name.</summary>
    public string RoomPart(string name)
    {
        var value = Route(name).Text();
        if (RoomName.FindFault(value) is { } fault)
            throw new BindingException(
                $"The route value '{name}' is '{ClientText.Cut(value)}', which {fault}; it is part of a room's name.");

        return Uri.EscapeDataString(value);
    }

    /// <summary>A service of the connection's scope.</summary>
    public T Service<T>()
        where T : notnull =>
        _scope.Services.GetService<T>() ?? throw MissingService(typeof(T), null);

    /// <summary>A service of the connection's scope, or null if there is none.</summary>
    public T? ServiceOrNull<T>() => _scope.Services.GetService<T>();

    /// <summary>A keyed service of the connection's scope.</summary>
    public T KeyedService<T>(object? key)
        where T : notnull =>
        _scope.Services.GetKeyedService<T>(key) ?? throw MissingService(typeof(T), key);

    /// <summary>A keyed service of the connection's scope, or null if there is none.</summary>
    public T? KeyedServiceOrNull<T>(object? key) => _scope.Services.GetKeyedService<T>(key);

    private static void DemandRoom(string name)
    {
        if (RoomName.FindFault(name) is { } fault)
            throw new BindingException($"The name of the room '{ClientText.Cut(name)}' {fault}.");
    }

    // Rooms come from the application, not from a scope: that would live as long as the connection, for a singleton.
    private T Keep<T>(T room)
        where T : notnull
    {
        (_rooms ??= []).Add(room);
        return room;
    }

    // An optional value may be left out by the client; one that the pattern does not have is a mistake in the mapping of the
    // controller.
    private UpgradeSetupException? WhyNoRouteValue(string name) =>
        HttpContext.GetEndpoint() is RouteEndpoint { RoutePattern: var pattern } && pattern.GetParameter(name) is null
            ? new(
                $"the controller binds the route value '{name}', but it is mapped to the pattern '{pattern.RawText}', "
                + "which does not contain that value.")
            : null;

    private static UpgradeSetupException MissingService(Type type, object? key) =>
        new(key is null
            ? $"the service {type} is not registered; register it, "
                + "or if it was meant to be a route value, query or header, mark it so."
            : $"the service {type} with the key '{key}' is not registered.");
}
