namespace Krait.Controllers;

internal sealed class ControllerSession<TSelf, TReceive, TSend>(
    ControllerRuntime<TSelf, TReceive, TSend> runtime,
    Krait.Transport.MessageTransport transport,
    UpgradeRequest request,
    string? protocol,
    TSelf controller,
    Func<TSelf, WebSocketConnection<TSend>, ValueTask>? onOpen)
    where TSelf : class
{
    public Task RunAsync() => throw new NotImplementedException($"{runtime}{transport}{request}{protocol}{controller}{onOpen}");
}
