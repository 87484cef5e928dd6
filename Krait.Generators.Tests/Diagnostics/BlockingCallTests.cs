using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class BlockingCallTests
{
    [Theory]
    [InlineData("Console.WriteLine(Load().[|Result|]);")]
    [InlineData("Console.WriteLine(new ValueTask<int>(1).[|Result|]);")]
    [InlineData("Load().[|Wait|]();")]
    [InlineData("Load().[|Wait|](1000);")]
    [InlineData("Task.[|WaitAll|](Load(), Load());")]
    [InlineData("Task.[|WaitAny|](Load());")]
    [InlineData("Console.WriteLine(Load().GetAwaiter().[|GetResult|]());")]
    [InlineData("Console.WriteLine(Load().ConfigureAwait(false).GetAwaiter().[|GetResult|]());")]
    [InlineData("Thread.[|Sleep|](10);")]
    [InlineData("new Thread(() => { }).[|Join|]();")]
    [InlineData("Gate.[|Wait|]();")]
    [InlineData("Console.WriteLine(File.[|ReadAllText|](\"a\"));")]
    [InlineData("Console.WriteLine(Console.[|ReadLine|]());")]
    [InlineData("using var reader = new StreamReader(\"a\"); Console.WriteLine(reader.[|ReadToEnd|]());")]
    [InlineData("using var file = File.OpenRead(\"a\"); file.[|ReadExactly|](new byte[1]);")]
    [InlineData("Task<int>? task = null; Console.WriteLine(task?.[|Result|]);")]
    [InlineData("using var client = new HttpClient(); client.[|Send|](new()).Dispose();")]
    [InlineData("using var slow = new HttpClient(); var page = slow.GetStringAsync(\"a\"); Console.WriteLine(page.[|Result|]);")]
    [InlineData("var file = new StreamWriter(new FileStream(\"a\", FileMode.Open)); file.[|Write|](message);")]
    [InlineData("Stream file = message == \"\" ? new MemoryStream() : new FileStream(\"a\", FileMode.Open); file.[|Flush|]();")]
    [InlineData("Stream file = new MemoryStream(); file = new FileStream(\"a\", FileMode.Open); file.[|Flush|]();")]
    [InlineData("Console.WriteLine(Load() is { [|Result|]: 1 });")]
    [InlineData("Console.WriteLine(Console.In.[|ReadLine|]());")]
    public Task A_call_that_blocks(string statement) => WrongCode.Raises(DiagnosticIds.BlockingCall, Controller($"[OnMessage] void Hear(string message) {{ {statement} }}"));

    [Theory]
    [InlineData("[OnMessage] async Task<string> Hear(string message) { await Task.Yield(); Thread.[|Sleep|](1); return message; }")]
    [InlineData("[OnMessage] int Hear(string message) => Load().[|Result|];")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnOpen] void Open() => Thread.[|Sleep|](1);")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnClose] void End() => Thread.[|Sleep|](1);")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnError] void Fail(Exception error) => Thread.[|Sleep|](1);")]
    [InlineData("[OnMessage] string Hear(string message) => message; [OnUpgrade] static UpgradeDecision Check() { Thread.[|Sleep|](1); return UpgradeDecision.Accept(); }")]
    [InlineData("[Run] async Task Run(CancellationToken stopping) { await Task.Delay(1, stopping); Thread.[|Sleep|](1); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { await Gate.WaitAsync(); Gate.[|Wait|](); }")]
    public Task A_handler_of_any_kind_that_blocks(string members) => WrongCode.Raises(DiagnosticIds.BlockingCall, Controller(members));

    [Theory]
    [InlineData("[Run] void Run() { while (!ShouldStop) Thread.Sleep(1); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var task = Load(); await task; Console.WriteLine(task.Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var one = Load(); var two = Load(); await Task.WhenAll(one, two); Console.WriteLine(one.Result + two.Result); }")]
    [InlineData("[OnMessage] async Task<int> Hear(string message) { var task = Load(); return task.IsCompletedSuccessfully ? task.Result : await task; }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var first = await Task.WhenAny(Load(), Load()); Console.WriteLine(first.Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) => Console.WriteLine((await Task.WhenAny(Load(), Load())).Result);")]
    [InlineData("[OnMessage] async Task Hear(string message) { var all = new List<Task<int>> { Load() }; await Task.WhenAll(all); foreach (var one in all) Console.WriteLine(one.Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { Task<int>[] all = [Load()]; await Task.WhenAll(all); Console.WriteLine(all[0].Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { await foreach (var one in Task.WhenEach(Load(), Load())) Console.WriteLine(one.Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { await foreach (var one in Task.WhenEach(Load()).ConfigureAwait(false)) Console.WriteLine(one.Result); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { Task<int>[] all = [Load()]; await Task.WhenAll(all); Console.WriteLine(all.First().Result); foreach (var one in all.Skip(1)) Console.WriteLine(one.Result); }")]
    [InlineData("[OnMessage] void Hear(string message) { Task.CompletedTask.Wait(); Console.WriteLine(Task.FromResult(1).Result); }")]
    [InlineData("[OnMessage] Task Hear(string message) => Task.Run(() => Thread.Sleep(1));")]
    [InlineData("[OnMessage] void Hear(string message) { if (Gate.Wait(TimeSpan.Zero)) Gate.Release(); }")]
    [InlineData("[OnMessage] void Hear(string message) => new Thread(() => Thread.Sleep(1)).Start();")]
    [InlineData("[OnMessage] void Hear(string message) { if (Gate.Wait(0)) Gate.Release(); }")]
    [InlineData("[OnMessage] void Hear(string message) { using var memory = new MemoryStream(); memory.Write(new byte[1]); memory.Flush(); }")]
    [InlineData("[OnMessage] void Hear(string message) { using var writer = new StringWriter(); writer.WriteLine(message); Console.WriteLine(writer); }")]
    [InlineData("[OnMessage] void Hear(string message) => Console.WriteLine(Path.Combine(message, Mine.Result, new Mine().Wait()));")]
    [InlineData("[OnMessage] void Hear(string message) { } static void Elsewhere() => Thread.Sleep(1);")]
    [InlineData("[OnMessage] void Hear(string message) { Console.Error.WriteLine(message); Console.Out.Write(message); var log = Console.Error; log.Flush(); }")]
    [InlineData("[OnMessage] void Hear(string message) { using var memory = new MemoryStream(); using var zip = new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionMode.Compress); zip.Write(new byte[1]); }")]
    [InlineData("[OnMessage] void Hear(string message) { Stream memory = new MemoryStream(); memory.Write(new byte[1]); Stream? maybe = memory; maybe?.Flush(); }")]
    [InlineData("[OnMessage] string? Hear(byte[] message) => new StreamReader(new MemoryStream(message)).ReadLine();")]
    [InlineData("[OnMessage] void Hear(string message) { TextWriter writer = new StringWriter(); writer.Write(message); writer = TextWriter.Null; writer.Write(message); }")]
    [InlineData("[OnMessage] void Hear(string message) { var pipe = new System.IO.Pipelines.Pipe(); pipe.Writer.Complete(); pipe.Reader.Complete(); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var task = Load(); await task; Console.WriteLine(task.GetAwaiter().GetResult()); task.Wait(); }")]
    [InlineData("[OnMessage] async Task Hear(string message) { var task = Load(); await task; Console.WriteLine(task.ConfigureAwait(false).GetAwaiter().GetResult()); }")]
    [InlineData("private readonly Task<int> loaded = Load(); [OnMessage] async Task Hear(string message) { await loaded; Console.WriteLine(loaded.Result); }")]
    [InlineData("private Task<int> Loaded { get; } = Load(); [OnMessage] async Task Hear(string message) { await this.Loaded; Console.WriteLine(Loaded.Result); }")]
    [InlineData("[OnMessage] async Task<int> Hear(string message) { var task = Load(); return task.Status == TaskStatus.RanToCompletion ? task.Result : await task; }")]
    [InlineData("[OnMessage] async Task<int> Hear(string message) { var task = Load(); return task is { IsCompletedSuccessfully: true, Result: var result } ? result : await task; }")]
    [InlineData("[OnMessage] async Task<int> Hear(string message) { var task = Load(); return task is { IsCompletedSuccessfully: true } ? task.Result : await task; }")]
    [InlineData("[OnMessage] async Task<int> Hear(string message) { var task = Load(); return task switch { { Status: TaskStatus.RanToCompletion } => task.Result, _ => await task }; }")]
    public Task What_blocks_nobody(string members) => WrongCode.RaisesNothing(Controller(members));

    [Fact]
    public async Task The_method_to_await_instead_is_named_for_the_fix()
    {
        var run = GeneratorRun.Of(Controller("[OnMessage] void Hear(string message) { Thread.Sleep(1); File.ReadAllText(message); Load().Wait(); }"));

        var diagnostics = await KraitAnalyzers.Analyze(run.Output);

        Assert.Equal(["Delay", "ReadAllTextAsync", null], diagnostics.Select(diagnostic => diagnostic.Properties[BlockingCalls.AsyncName]));
        Assert.Equal("'Hear' blocks a thread of the pool until 'ReadAllText' returns; await 'ReadAllTextAsync' instead", diagnostics[1].GetMessage(null));
    }

    private static string Controller(string members) => $$"""
        public sealed class Mine
        {
            public static string Result => "";

            public string Wait() => "";
        }

        [WebSocketController("/a", Sends = typeof(object), JsonContext = typeof(Json))]
        public sealed partial class A
        {
            private static readonly SemaphoreSlim Gate = new(1);

            {{members}}

            private static Task<int> Load() => Gate.WaitAsync().ContinueWith(_ => 1);
        }

        [System.Text.Json.Serialization.JsonSerializable(typeof(object))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """;
}
