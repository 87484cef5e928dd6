using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class UnstoppableRunTests
{
    [Theory]
    [InlineData("[Run] async Task [|Run|]() => await Task.Delay(1000);")]
    [InlineData("[Run] async Task [|Run|]() { while (true) { await Task.Delay(1000); TrySend(\"tick\"); } }")]
    [InlineData("[Run] async IAsyncEnumerable<string> [|Run|]() { while (true) { await Task.Delay(1000); yield return \"tick\"; } }")]
    [InlineData("[Run] void [|Run|]() { while (true) { TrySend(\"tick\"); Thread.Sleep(1000); } }")]
    [InlineData("[Run] void [|Run|]() { for (;;) Thread.Sleep(1000); }")]
    [InlineData("[Run] void [|Run|]() { do { Thread.Sleep(1000); } while (DateTime.Now.Year < 2100); }")]
    [InlineData("[Run] async Task [|Run|]() { await foreach (var item in Feed.Items()) TrySend(item); }")]
    [InlineData("[Run] async Task [|Run|]() { await Task.Delay(1, CancellationToken.None); }")]
    [InlineData("[Run] async Task [|Run|](ChannelReader<string> messages) { await foreach (var message in messages.ReadAllAsync()) await Task.Delay(1); }")]
    [InlineData("[Run] async Task [|Run|](ChannelReader<string> messages) { while (true) { if (messages.TryRead(out var message)) TrySend(message); await Task.Yield(); } }")]
    public Task A_run_that_nothing_stops(string members) => WrongCode.Raises(DiagnosticIds.UnstoppableRun, Controller(members));

    [Theory]
    [InlineData("[Run] async Task Run(CancellationToken stopping) => await Task.Delay(1000, stopping);")]
    [InlineData("[Run] async Task Run() => await Task.Delay(1000, Stopping);")]
    [InlineData("[Run] async Task Run() { var stopping = Connection.Stopping; await Task.Delay(1000, stopping); }")]
    [InlineData("[Run] void Run() { while (!ShouldStop) Thread.Sleep(1); }")]
    [InlineData("[Run] void Run() { foreach (var word in \"a b\".Split()) TrySend(word); for (var i = 0; i < 3; i++) TrySend(\"!\"); }")]
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { await foreach (var message in messages.ReadAllAsync()) await SendAsync(message); }")]
    [InlineData("[Run] async Task Run(IAsyncEnumerable<string> messages) { await foreach (var message in messages.ConfigureAwait(false)) await Connection.SendAsync(message); }")]
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { while (await messages.WaitToReadAsync()) while (messages.TryRead(out var message)) TrySend(message); }")]
    [InlineData("[Run] async Task Run() => await Pump(); async Task Pump() => await Task.Delay(1000, Stopping);")]
    [InlineData("[Run] Task Run() => Task.CompletedTask;")]
    [InlineData("[OnMessage] async Task Hear(string message) => await Task.Delay(1000);")]
    public Task A_run_that_ends_with_its_connection(string members) => WrongCode.RaisesNothing(Controller(members));

    private static string Controller(string members) => $$"""
        using System.Threading.Channels;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            {{members}}
        }

        public static class Feed
        {
            public static async IAsyncEnumerable<string> Items()
            {
                await Task.Yield();
                yield return "";
            }
        }
        """;
}
