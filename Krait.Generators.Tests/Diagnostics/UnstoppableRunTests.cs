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
    [InlineData("[Run] async Task [|Run|]() { for (var word = \"\"; ; ) { await Task.Yield(); TrySend(word); } }")]
    [InlineData("[Run] async Task [|Run|]() { while (Environment.HasShutdownStarted == false) { await Feed.Arrives(); TrySend(\"tick\"); } }")]
    [InlineData("[Run] async Task [|Run|]() => await Task.WhenAll(SendAsync(\"a\").AsTask(), Feed.Arrives());")]
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
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { while (true) await SendAsync(await messages.ReadAsync()); }")]
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { for (;;) await SendAsync(await ReceiveAsync()); }")]
    [InlineData("[Run] async Task Run(ChannelReader<string> messages) { await using var each = messages.ReadAllAsync().GetAsyncEnumerator(); while (await each.MoveNextAsync()) TrySend(each.Current); }")]
    [InlineData("[Run] async Task Run() { var words = new Queue<string>([\"a\"]); while (words.TryDequeue(out var word)) await SendAsync(word); }")]
    [InlineData("[Run] async Task Run() { using var lines = new StringReader(\"a\"); while (lines.ReadLine() is { } line) await SendAsync(line); }")]
    [InlineData("[Run] async Task Run() { var (low, high) = (0, 9); while (low < high) low += high / 2; await SendAsync($\"{low}\"); }")]
    [InlineData("[Run] async Task Run() { var sent = 0; while (sent < 3) { await SendAsync(\"tick\"); sent++; } }")]
    [InlineData("[Run] async IAsyncEnumerable<string> Run() { await Task.Yield(); var count = 0; do { yield return \"tick\"; } while (++count < 3); }")]
    [InlineData("[Run] async Task Run() => await Task.WhenAll(SendAsync(\"a\").AsTask(), SendAsync(\"b\").AsTask());")]
    [InlineData("[Run] async Task Run() { await Task.CompletedTask; await Task.FromResult(1); }")]
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
