using Krait.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Krait;

internal sealed class ControllerEndpoint<TSelf, TReceive, TSend>(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    where TSelf : class
{
    public Task InvokeAsync(HttpContext context) => throw new NotImplementedException(descriptor.Pattern + services);
}
