using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class UnstoppableRunTests
{
    [Theory]
    [InlineData("[Run] async Task [|Run|]() => await Task.Delay(TimeSpan.FromMinutes(1));")]
    [InlineData("[Run] async Task [|Run|]() { while (true) { await Task.Delay(1000); TrySend(\"tick\"); } }")]
    [InlineData("[Run] async IAsyncEnumerable<string> [|Run|]() { while (true) { await Task.Delay(1000); yield return \"tick\"; } }")]
    [InlineData("[Run] void [|Run|]() { while (true) { TrySend(\"tick\"); Thread.Sleep(1000); } }")]
    [InlineData("[Run] void [|Run|]() { for (;;) Thread.Sleep(1000); }")]
    [InlineData("[Run] void [|Run|]() { do { Thread.Sleep(1000); } while (DateTime.Now.Year < 2100); }")]
    [InlineData("[Run] async Task [|Run|]() { await foreach (var item in Feed.Items()) TrySend(item); }")]
    [InlineData("[Run] async Task [|Run|]() { await Task.Delay(-1, CancellationToken.None); }")]
    [InlineData("[Run] async Task [|Run|](ChannelReader<string> messages) { await foreach (var message in messages.ReadAllAsync()) await Feed.Arrives(); }")]
    [InlineData("[Run] async Task [|Run|](ChannelReader<string> messages) { while (true) { if (messages.TryRead(out var message)) TrySend(message); await Task.Yield(); } }")]
    [InlineData("[Run] async Task [|Run|]() { while (true) { await Task.Delay(1000); if (!TrySend(\"tick\")) Console.WriteLine(\"slow\"); } }")]
    [InlineData("[Run] async Task [|Run|]() { for (var i = 0; i < 3000; i++) { TrySend(\"tick\"); await Task.Delay(1000); } }")]
    [InlineData("[Run] async Task [|Run|]() { foreach (var word in Environment.GetCommandLineArgs()) { TrySend(word); await Task.Delay(1000); } }")]
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
    [InlineData("[Run] async Task Run() { for (var i = 0; i < 3; i++) { await Task.Delay(1000); TrySend(\"tick\"); } }")]
    [InlineData("[Run] async Task Run() { for (var i = 3; i > 0; i--) { TrySend(\"tick\"); await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false); } }")]
    [InlineData("[Run] async Task Run() { do { await Task.Delay(1000); } while (TrySend(\"tick\")); }")]
    [InlineData("[Run] async Task Run() { while (true) { if (!TrySend(\"tick\")) return; await Feed.Arrives(); } }")]
    [InlineData("[Run] void Run() { while (true) { var sent = Connection.TrySend(\"tick\"); if (sent == false) break; Thread.Sleep(1000); } }")]
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { await foreach (var message in messages.ReadAllAsync()) await Task.Delay(1); }")]
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
            public static Task Arrives() => Task.Delay(-1);

            public static async IAsyncEnumerable<string> Items()
            {
                await Task.Yield();
                yield return "";
            }
        }
        """;
}
