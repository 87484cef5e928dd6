using Microsoft.Extensions.DependencyInjection;

namespace Krait.Controllers;

/// <summary>
/// The scope of services of one connection. It is created with the first service, because many controllers need none.
/// </summary>
/// <remarks>Only one thread at a time uses it: the binding before the upgrade, and later the end of the connection.</remarks>
internal sealed class ConnectionScope(IServiceScopeFactory scopes) : IAsyncDisposable
{
    private AsyncServiceScope? _scope;

    public bool IsUsed => _scope is not null;

    public IServiceProvider Services => (_scope ??= scopes.CreateAsyncScope()).ServiceProvider;

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? default;
}
