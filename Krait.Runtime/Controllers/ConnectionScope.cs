using Microsoft.Extensions.DependencyInjection;

namespace Krait.Controllers;

/// <summary>
/// The scope of services of one connection, made when the first service is asked for: many controllers need none.
/// </summary>
/// <remarks>Used by one thread at a time: by the binding before the upgrade, and by the end of the connection.</remarks>
internal sealed class ConnectionScope(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private AsyncServiceScope? _scope;

    public bool IsUsed => _scope is not null;

    public IServiceProvider Services => (_scope ??= scopes.CreateAsyncScope()).ServiceProvider;

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? default;
}
