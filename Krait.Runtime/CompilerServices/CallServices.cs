using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Krait.Controllers;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.CompilerServices;

/// <summary>The services for one call of a handler, from a scope that ends with the call.</summary>
/// <remarks>
/// If the call returns a stream, the scope ends with the stream. Only handlers that take services need this. Not thread-safe.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CallServices
{
    private readonly AsyncServiceScope _scope;
    private ScopedStream? _stream;

    private CallServices(WebSocketConnection connection) => _scope = connection.Scopes.CreateAsyncScope();

    /// <summary>Calls an [OnMessage] handler.</summary>
    public static ValueTask CallAsync<TSelf, TMessage, TSend>(
        TSelf controller,
        TMessage message,
        WebSocketConnection<TSend> connection,
        Func<CallServices, TSelf, TMessage, WebSocketConnection<TSend>, ValueTask> handler) =>
        CallAsync(
            connection,
            (controller, message, connection, handler),
            static (bind, call) => call.handler(bind, call.controller, call.message, call.connection));

    /// <summary>Calls an [OnError] handler.</summary>
    public static ValueTask CallAsync<TSelf, TError, TSend>(
        TSelf controller,
        TError error,
        object? message,
        WebSocketConnection<TSend> connection,
        Func<CallServices, TSelf, TError, object?, WebSocketConnection<TSend>, ValueTask> handler) =>
        CallAsync(
            connection,
            (controller, error, message, connection, handler),
            static (bind, call) => call.handler(bind, call.controller, call.error, call.message, call.connection));

    /// <summary>Calls an [OnClose] handler.</summary>
    public static ValueTask CallAsync<TSelf>(
        TSelf controller,
        CloseInfo close,
        WebSocketConnection connection,
        Func<CallServices, TSelf, CloseInfo, CancellationToken, ValueTask> handler,
        CancellationToken cancellationToken) =>
        CallAsync(
            connection,
            (controller, close, cancellationToken, handler),
            static (bind, call) => call.handler(bind, call.controller, call.close, call.cancellationToken));

    /// <summary>A service of the call.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T Service<T>()
        where T : notnull => _scope.ServiceProvider.GetService<T>() ?? throw Missing(new(typeof(T)));

    /// <summary>A service of the call, or null if there is none.</summary>
    public T? ServiceOrNull<T>() => _scope.ServiceProvider.GetService<T>();

    /// <summary>A keyed service of the call.</summary>
    /// <exception cref="InvalidOperationException">It is not registered.</exception>
    public T KeyedService<T>(object? key)
        where T : notnull => _scope.ServiceProvider.GetKeyedService<T>(key) ?? throw Missing(new(typeof(T), key));

    /// <summary>A keyed service of the call, or null if there is none.</summary>
    public T? KeyedServiceOrNull<T>(object? key) => _scope.ServiceProvider.GetKeyedService<T>(key);

    /// <summary>Keeps the scope until a stream that the handler returned has ended.</summary>
    [return: NotNullIfNotNull(nameof(replies))]
    public IAsyncEnumerable<T>? Keep<T>(IAsyncEnumerable<T>? replies)
    {
        if (replies is null)
            return null;

        var stream = new ScopedStream<T>(_scope, replies);
        _stream = stream;
        return stream;
    }

    private static async ValueTask CallAsync<TCall>(
        WebSocketConnection connection, TCall call, Func<CallServices, TCall, ValueTask> handler)
    {
        var services = new CallServices(connection);
        try
        {
            await handler(services, call).ConfigureAwait(false);
        }
        finally
        {
            await services.EndAsync().ConfigureAwait(false);
        }
    }

    // A stream starts before its handler returns, and takes the scope over. One that did not start never will.
    private ValueTask EndAsync() => _stream is null || _stream.TryTake() ? _scope.DisposeAsync() : default;

    private static InvalidOperationException Missing(HandlerService service) => new($"{service.Missing} Register it.");
}
