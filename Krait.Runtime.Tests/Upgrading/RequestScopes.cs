using Krait.Controllers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>Scopes whose services are those of the request, which a test sets.</summary>
internal sealed class RequestScopes(HttpContext context) : IServiceScopeFactory, IServiceScope
{
    public IServiceProvider ServiceProvider => context.RequestServices;

    /// <summary>An application without any service.</summary>
    public static IServiceProvider NoServices { get; } = new ServiceCollection().BuildServiceProvider();

    public static ConnectionScope Of(HttpContext context) => new(new RequestScopes(context));

    public IServiceScope CreateScope() => this;

    public void Dispose()
    {
    }
}
