using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics;

public sealed class KeptBufferTests
{
    [Theory]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => last = [|bytes|];")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => this.last = [|bytes|].Slice(1);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => Shared = [|bytes|];")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => slots[0] = [|bytes|];")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => kept.Add([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => queue.Enqueue(new Item { Bytes = [|bytes|] });")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => queue.Enqueue(new([|bytes|]));")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => pair = (1, [|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => Connection.Items[\"last\"] = [|bytes|];")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var same = bytes; last = [|same|]; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => channel.Writer.TryWrite([|bytes|]);")]
    [InlineData("async Task Hear(ReadOnlyMemory<byte> bytes) => await channel.Writer.WriteAsync([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => _ = SendAsync([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => Task.Run(() => Print([|bytes|]));")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => _ = Task.Run(async () => { await Task.Yield(); Print([|bytes|]); });")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => new Thread(() => Print([|bytes|])).Start();")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => ThreadPool.QueueUserWorkItem(_ => Print([|bytes|]));")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => later = () => Print([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => Happened += (_, _) => Print([|bytes|]);")]
    [InlineData("async IAsyncEnumerable<ReadOnlyMemory<byte>> Hear(ReadOnlyMemory<byte> bytes) { await Task.Yield(); yield return [|bytes|]; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { Action print = () => Print([|bytes|]); later = print; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var print = () => Print([|bytes|]); _ = Task.Run(print); print(); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { later = Again; void Again() => Print([|bytes|]); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { Task.Run(Again); void Again() { Print([|bytes|]); Print([|bytes|]); } }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { _ = Again(); async Task Again() { await Task.Yield(); Print([|bytes|]); } }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { Start(); void Start() => _ = Task.Run(() => Print([|bytes|])); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var item = new Item([|bytes|]); queue.Enqueue(item); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var pair = (1, [|bytes|]); this.pair = pair; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new Lazily([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new System.Buffers.ReadOnlySequence<byte>([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new List<Item> { new([|bytes|]) };")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = System.Text.Json.JsonDocument.Parse([|bytes|]);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = System.Text.Json.JsonDocument.Parse([|bytes|]).RootElement.GetProperty(\"a\")[0];")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var parsed = System.Text.Json.JsonDocument.Parse([|bytes|].Slice(1)); holder = parsed.RootElement; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = System.Runtime.InteropServices.MemoryMarshal.AsMemory([|bytes|]);")]
    public Task A_buffer_that_is_kept(string handler) => WrongCode.Raises(DiagnosticIds.KeptBuffer, Controller("ReadOnlyMemory<byte>", handler));

    [Theory]
    [InlineData("void Hear(RawMessage message) => raw = [|message|];")]
    [InlineData("void Hear(RawMessage message) => last = [|message.Payload|];")]
    public Task A_raw_message_that_is_kept(string handler) => WrongCode.Raises(DiagnosticIds.KeptBuffer, Controller("RawMessage", handler));

    [Theory]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => last = bytes.ToArray();")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => kept.Add(bytes.ToArray());")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var parts = new List<ReadOnlyMemory<byte>>(); parts.Add(bytes); Console.WriteLine(parts.Count); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { length = bytes.Length; first = bytes.Span[0]; }")]
    [InlineData("ReadOnlyMemory<byte> Hear(ReadOnlyMemory<byte> bytes) => bytes;")]
    [InlineData("async Task Hear(ReadOnlyMemory<byte> bytes) { await Task.Yield(); await SendAsync(bytes); Print(bytes); }")]
    [InlineData("async Task Hear(ReadOnlyMemory<byte> bytes) => await Task.Run(() => Print(bytes));")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => TrySend(bytes);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => kept.ForEach(other => Print(bytes));")]
    [InlineData("async IAsyncEnumerable<ReadOnlyMemory<byte>> Hear(ReadOnlyMemory<byte> bytes) { var copy = bytes.ToArray(); await Task.Yield(); yield return copy; }")]
    [InlineData("void Hear(byte[] bytes) => last = bytes;")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new Parsed(bytes);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new Counted(bytes);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) => holder = new Nested(bytes);")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var parsed = new Parsed(bytes); holder = parsed; }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var item = new Item(bytes); Print(item.Bytes); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var items = new List<Item> { new(bytes), new Item { Bytes = bytes } }; Console.WriteLine(items.Count); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var item = new Item(bytes); item = new Item(bytes.ToArray()); queue.Enqueue(item); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { var print = () => Print(bytes); print(); kept.ForEach(_ => print()); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { Again(); kept.ForEach(_ => Again()); void Again() => Print(bytes); }")]
    [InlineData("async Task Hear(ReadOnlyMemory<byte> bytes) { await Again(); async Task Again() { await Task.Yield(); Print(bytes); } }")]
    [InlineData("async Task Hear(ReadOnlyMemory<byte> bytes) { var print = () => Print(bytes); await Task.Run(print); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { using var parsed = System.Text.Json.JsonDocument.Parse(bytes); holder = parsed.RootElement.Clone(); }")]
    [InlineData("void Hear(ReadOnlyMemory<byte> bytes) { using var parsed = System.Text.Json.JsonDocument.Parse(bytes); length = parsed.RootElement.GetArrayLength(); }")]
    public Task A_buffer_that_is_copied_or_only_used(string handler) =>
        WrongCode.RaisesNothing("#pragma warning disable CS0414, CS0169\n" + Controller("ReadOnlyMemory<byte>", handler));

    private static string Controller(string sends, string handler) => $$"""
        using System.Threading.Channels;

        [WebSocketController("/a", Sends = typeof({{sends}}))]
        public sealed partial class A
        {
            private readonly List<ReadOnlyMemory<byte>> kept = [];
            private readonly Queue<Item> queue = new();
            private readonly Channel<ReadOnlyMemory<byte>> channel = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
            private readonly ReadOnlyMemory<byte>[] slots = new ReadOnlyMemory<byte>[1];
            private ReadOnlyMemory<byte> last;
            private (int, ReadOnlyMemory<byte>) pair;
            private RawMessage raw;
            private Action? later;
            private object? holder;
            private int length;
            private byte first;

            private static ReadOnlyMemory<byte> Shared { get; set; }

            private event EventHandler? Happened;

            [OnMessage]
            {{handler}}

            private static void Print(ReadOnlyMemory<byte> bytes) => Console.WriteLine(bytes.Length);
        }

        public sealed class Lazily(ReadOnlyMemory<byte> bytes)
        {
            public override string ToString() => Convert.ToHexString(bytes.Span);
        }

        public sealed class Counted(ReadOnlyMemory<byte> bytes)
        {
            public int Length { get; } = bytes.Length;
        }

        public readonly struct Parsed
        {
            public Parsed(ReadOnlyMemory<byte> bytes) => Length = bytes.Length;

            public int Length { get; }

            public List<string> Words { get; } = [];
        }

        public sealed record Nested
        {
            public Nested(ReadOnlyMemory<byte> bytes) => Inner = new(bytes);

            public Parsed Inner { get; }

            public DayOfWeek Day { get; }
        }

        public sealed record Item(ReadOnlyMemory<byte> Bytes)
        {
            public Item() : this(default(ReadOnlyMemory<byte>))
            {
            }
        }
        """;
}
