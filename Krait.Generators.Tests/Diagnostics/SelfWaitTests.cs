using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class SelfWaitTests
{
    [Theory]
    [InlineData("[OnMessage] async Task Hear(string message) => await Connection.[|Completion|];")]
    [InlineData("[OnMessage] async Task Hear(string message) => await this.Connection.[|Completion|].ConfigureAwait(false);")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Connection.[|WaitStoppedAsync|](TimeSpan.FromSeconds(1));")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Connection.[|Completion|].WaitAsync(Stopping);")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Task.WhenAll(Connection.[|Completion|], Task.CompletedTask);")]
    [InlineData("[OnMessage] Task Hear(string message) => Connection.[|Completion|];")]
    [InlineData("[OnMessage] void Hear(string message) { } [OnOpen] async Task Open(WebSocketConnection<object> own) => await own.[|Completion|];")]
    [InlineData("[OnMessage] void Hear(string message) { } [OnClose] async Task End(CloseInfo why) => await Connection.[|Completion|];")]
    [InlineData("[Run] async Task Run(CancellationToken stopping) => await Connection.[|Completion|];")]
    [InlineData("[Run] void Run() => Connection.[|Completion|].Wait(Stopping);")]
    [InlineData("[Run] void Run() => Console.WriteLine(Connection.[|WaitStoppedAsync|](TimeSpan.Zero).Result);")]
    [InlineData("[Run] void Run() => Connection.[|Completion|].GetAwaiter().GetResult();")]
    [InlineData("[OnMessage] async Task Hear(string message) { var own = Connection; await own.[|Completion|]; }")]
    [InlineData("[OnMessage] async Task Hear(string message) { WebSocketConnection own = Connection, same = own; await same.[|WaitStoppedAsync|](TimeSpan.FromSeconds(1)); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var end = Connection.[|Completion|]; Console.WriteLine(message); await end; }")]
    public Task A_handler_that_waits_for_its_own_connection(string members) => WrongCode.Raises(DiagnosticIds.SelfWait, Controller(members));

    [Theory]
    [InlineData("[OnMessage] async Task Hear(string message) => await peer.Completion;")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Connection.CloseAsync();")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Task.WhenAny(Connection.Completion, Task.Delay(10));")]
    [InlineData("[OnMessage] void Hear(string message) => Connection.Completion.ContinueWith(_ => Console.WriteLine(message));")]
    [InlineData("[OnMessage] void Hear(string message) => Task.Run(async () => { await Connection.Completion; Console.WriteLine(message); });")]
    [InlineData("[OnMessage] bool Hear(string message) => Connection.Completion.IsCompleted;")]
    [InlineData("[OnMessage] void Hear(string message) { } async Task Elsewhere() => await Connection.Completion;")]
    [InlineData("[OnMessage] async Task Hear(string message) { WebSocketConnection other = Connection; other = peer; await other.Completion; }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var other = peer; await other.Completion; }")]
    [InlineData("[OnMessage] void Hear(string message) { var own = Connection; _ = Task.Run(async () => { await own.Completion; Console.WriteLine(message); }); }")]
    [InlineData("[OnMessage] void Hear(string message) { var end = Connection.Completion; _ = Task.Run(async () => { await end; Console.WriteLine(message); }); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var end = Connection.Completion; await Task.WhenAny(end, Task.Delay(10)); }")]
    public Task What_waits_for_nobody_or_for_others(string members) => WrongCode.RaisesNothing(Controller(members));

    private static string Controller(string members) => $$"""
        [WebSocketController("/a", Sends = typeof(object), JsonContext = typeof(Json))]
        public sealed partial class A(WebSocketConnections connections)
        {
            private readonly WebSocketConnection peer = connections.First;

            {{members}}
        }

        public sealed record WebSocketConnections(WebSocketConnection First);

        [System.Text.Json.Serialization.JsonSerializable(typeof(object))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """;
}
