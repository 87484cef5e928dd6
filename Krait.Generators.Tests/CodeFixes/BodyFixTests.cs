using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class BodyFixTests
{
    [Theory]
    [InlineData("async Task Run() => await Task.Delay(60_000);", "async Task Run(CancellationToken stopping) => await Task.Delay(60_000, stopping);")]
    [InlineData("async Task Run(/* none */)\n    {\n        while (true)\n            await Task.Delay(1);\n    }", "async Task Run(/* none */CancellationToken stopping)\n    {\n        while (!stopping.IsCancellationRequested)\n            await Task.Delay(1, stopping);\n    }")]
    [InlineData("void Run() { var stopping = 1; for (;;) Thread.Sleep(stopping); }", "void Run(CancellationToken stopping2) { var stopping = 1; for (; !stopping2.IsCancellationRequested;) Thread.Sleep(stopping); }")]
    public Task A_run_takes_a_token(string before, string after) => Mended<TakeCancellationTokenFix>.Gives(Running(before), Running(after));

    [Theory]
    [InlineData("void Run() { for (;;) Thread.Sleep(1); }", "void Run(CancellationToken stopping) { for (; !stopping.IsCancellationRequested;) Thread.Sleep(1); }")]
    [InlineData("void Run() { for (var i = 0; true; i++) Thread.Sleep(i); }", "void Run(CancellationToken stopping) { for (var i = 0; !stopping.IsCancellationRequested; i++) Thread.Sleep(i); }")]
    [InlineData("async ValueTask Run()\n    {\n        do\n            await Task.Delay(1);\n        while (true);\n    }", "async ValueTask Run(CancellationToken stopping)\n    {\n        do\n            await Task.Delay(1, stopping);\n        while (!stopping.IsCancellationRequested);\n    }")]
    [InlineData("void Run() { while (Console.KeyAvailable) Thread.Sleep(1); }", "void Run(CancellationToken stopping) { while (Console.KeyAvailable) Thread.Sleep(1); }")]
    public Task A_loop_looks_at_the_token(string before, string after) => Mended<TakeCancellationTokenFix>.Gives(Running(before), Running(after));

    [Theory]
    [InlineData("Task Run() { while (true) Thread.Sleep(1); }")]
    [InlineData("ValueTask Run() { for (;;) Thread.Sleep(1); }")]
    public Task A_loop_behind_which_nothing_is_returned_is_left_alone(string run) => Mended<TakeCancellationTokenFix>.Leaves(Running(run));

    [Fact]
    public Task A_stream_takes_the_token_of_who_reads_it() => Mended<TakeCancellationTokenFix>.Gives(
        Running("async IAsyncEnumerable<string> Run()\n    {\n        await Task.Delay(60_000);\n        yield return \"tick\";\n    }"),
        "using System.Runtime.CompilerServices;\n\n" + Running("async IAsyncEnumerable<string> Run([EnumeratorCancellation] CancellationToken stopping)\n    {\n        await Task.Delay(60_000, stopping);\n        yield return \"tick\";\n    }"));

    [Theory]
    [InlineData("void Hear(string message) => SendAsync(message);", "async ValueTask Hear(string message) => await SendAsync(message);")]
    [InlineData("async Task Hear(string message)\n    {\n        SendAsync(message).ConfigureAwait(false); // why not\n        await Task.Yield();\n    }", "async Task Hear(string message)\n    {\n        await SendAsync(message).ConfigureAwait(false); // why not\n        await Task.Yield();\n    }")]
    [InlineData("string Hear(string message)\n    {\n        Connection.CloseAsync();\n        return message;\n    }", "async ValueTask<string> Hear(string message)\n    {\n        await Connection.CloseAsync();\n        return message;\n    }")]
    public Task A_send_is_awaited(string before, string after) => Mended<AwaitSendFix>.Gives(Hearing(before), Hearing(after));

    [Fact]
    public Task Several_sends_of_a_handler_are_awaited_at_once() => Mended<AwaitSendFix>.GivesAll(
        Hearing("void Hear(string message)\n    {\n        SendAsync(message);\n        SendAsync(message);\n    }"),
        Hearing("async ValueTask Hear(string message)\n    {\n        await SendAsync(message);\n        await SendAsync(message);\n    }"));

    [Theory]
    [InlineData("void Hear(string message) { lock (this) { SendAsync(message); } }")]
    [InlineData("void Hear(string message) => new List<string>().ForEach(other => SendAsync(other));")]
    [InlineData("Task Hear(string message) { SendAsync(message); return Task.CompletedTask; }")]
    [InlineData("void Hear(string message) => Tell(); void Tell() => SendAsync(\"\");")]
    [InlineData("void Hear(string message) => Hear2(); void Hear2() { IMessageSender<string>? peer = Connection; peer?.SendAsync(\"\"); }")]
    public Task A_send_that_cannot_be_awaited_by_one_change_is_left_alone(string members) => Mended<AwaitSendFix>.Leaves(Hearing(members));

    [Theory]
    [InlineData("int Hear(string message) => Load().Result;", "async ValueTask<int> Hear(string message) => await Load();")]
    [InlineData("int Hear(string message) => Load().Result.GetHashCode();", "async ValueTask<int> Hear(string message) => (await Load()).GetHashCode();")]
    [InlineData("int Hear(string message) => Load().ConfigureAwait(false).GetAwaiter().GetResult();", "async ValueTask<int> Hear(string message) => await Load().ConfigureAwait(false);")]
    [InlineData("void Hear(string message) => Load().Wait();", "async ValueTask Hear(string message) => await Load();")]
    [InlineData("void Hear(string message) => Thread.Sleep(10);", "async ValueTask Hear(string message) => await Task.Delay(10);")]
    [InlineData("void Hear(string message) => Task.WaitAll(Load(), Load());", "async ValueTask Hear(string message) => await Task.WhenAll(Load(), Load());")]
    [InlineData("int Hear(string message) => File.ReadAllText(message).Length;", "async ValueTask<int> Hear(string message) => (await File.ReadAllTextAsync(message)).Length;")]
    [InlineData("async Task Hear(string message) { await Task.Yield(); Thread.Sleep(1); }", "async Task Hear(string message) { await Task.Yield(); await Task.Delay(1); }")]
    public Task What_blocks_is_awaited(string before, string after) => Mended<AwaitBlockingFix>.Gives(Loading(before), Loading(after));

    [Theory]
    [InlineData("void Hear(string message) => Load().Wait(1000);")]
    [InlineData("Task Hear(string message) { Thread.Sleep(1); return Task.CompletedTask; }")]
    [InlineData("void Hear(string message) => Console.WriteLine(Console.ReadLine());")]
    [InlineData("int Hear(string message) { Task<int>? task = Load(); return task?.Result ?? 1; }")]
    public Task What_has_no_other_form_is_left_alone(string handler) => Mended<AwaitBlockingFix>.Leaves(Loading(handler));

    [Theory]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => last = bytes;", "void Hear(ReadOnlyMemory<byte> bytes) => last = bytes.ToArray();")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => last = bytes.Slice(1);", "void Hear(ReadOnlyMemory<byte> bytes) => last = bytes.Slice(1).ToArray();")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => _ = SendAsync(bytes /* all */);", "void Hear(ReadOnlyMemory<byte> bytes) => _ = SendAsync(bytes.ToArray() /* all */);")]
    [InlineData("void Hear(RawMessage message) => raw = message;", "void Hear(RawMessage message) => raw = new RawMessage(message.Type, message.Payload.ToArray());")]
    [InlineData("void Hear(RawMessage message) => last = message.Payload;", "void Hear(RawMessage message) => last = message.Payload.ToArray();")]
    public Task A_buffer_is_copied_where_it_is_kept(string before, string after) => Mended<CopyBufferFix>.Gives(Keeping(before), Keeping(after));

    [Theory]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => Task.Run(() => Console.WriteLine(bytes.Length));")]
    [InlineData("async IAsyncEnumerable<ReadOnlyMemory<byte>> Hear(ReadOnlyMemory<byte> bytes) { await Task.Yield(); yield return bytes; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { Task.Run(Later); void Later() => Console.WriteLine(bytes.Length); }")]
    public Task A_copy_that_would_come_too_late_is_not_offered(string handler) => Mended<CopyBufferFix>.Leaves(Keeping(handler));

    [Theory]
    [InlineData("int Hear(string message) { var text = message.AsSpan(); return Load().Result + text.Length; }")]
    [InlineData("int Hear(string message) { var text = message.AsSpan(); var sum = 0; while (sum < 9) { sum += text.Length; sum += Load().Result; } return sum; }")]
    [InlineData("int Hear(string message) { var sum = 0; foreach (var letter in message.AsSpan()) sum += Load().Result + letter; return sum; }")]
    [InlineData("int Hear(string message) => Math.Max(message.AsSpan().Length, 1) + Add(message.AsSpan(), Load().Result);")]
    [InlineData("async ValueTask<int> Hear(string message) { await Task.Yield(); var text = message.AsSpan(); return Load().Result + text.Length; }")]
    [InlineData("int Hear(string message) { var numbers = new int[1]; ref var first = ref numbers[0]; first = Load().Result; return first; }")]
    [InlineData("unsafe int Hear(string message) { fixed (char* text = message) { return Load().Result + *text; } }")]
    public Task What_no_await_can_carry_is_left_alone(string handler) => Mended<AwaitBlockingFix>.LeavesUnsafe(Loading(handler));

    [Theory]
    [InlineData("int Hear(string message) { var length = message.AsSpan().Length; return Load().Result + length; }", "async ValueTask<int> Hear(string message) { var length = message.AsSpan().Length; return await Load() + length; }")]
    [InlineData("int Hear(string message) { var sum = Load().Result; foreach (var letter in message.AsSpan()) sum += letter; return sum; }", "async ValueTask<int> Hear(string message) { var sum = await Load(); foreach (var letter in message.AsSpan()) sum += letter; return sum; }")]
    [InlineData("int Hear(string message) { while (message.Length > 1) { var text = message.AsSpan(); message = text[1..].ToString(); Load().Wait(); } return 1; }", "async ValueTask<int> Hear(string message) { while (message.Length > 1) { var text = message.AsSpan(); message = text[1..].ToString(); await Load(); } return 1; }")]
    public Task Spans_on_one_side_of_an_await_do_not_matter(string before, string after) => Mended<AwaitBlockingFix>.Gives(Loading(before), Loading(after));

    private static string Running(string run) => $"[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    [Run]\n    {run}\n}}\n";

    private static string Hearing(string members) => $"[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    [OnMessage]\n    {members}\n}}\n";

    private static string Loading(string handler) => $$"""
        [WebSocketController("/a", Sends = typeof(int), JsonContext = typeof(Json))]
        public sealed partial class A
        {
            [OnMessage]
            {{handler}}

            private static Task<int> Load() => Task.FromResult(1);

            private static int Add(ReadOnlySpan<char> text, int number) => text.Length + number;
        }

        [System.Text.Json.Serialization.JsonSerializable(typeof(int))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """;

    private static string Keeping(string handler) => $$"""
        [WebSocketController("/a", Sends = typeof(ReadOnlyMemory<byte>))]
        public sealed partial class A
        {
            private ReadOnlyMemory<byte> last;
            private RawMessage raw;

            [OnMessage]
            {{handler}}

            [OnClose]
            void End() => Console.WriteLine((last, raw));
        }
        """;
}
