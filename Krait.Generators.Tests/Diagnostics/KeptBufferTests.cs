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
    public Task A_buffer_that_is_copied_or_only_used(string handler) =>
        WrongCode.RaisesNothing("#pragma warning disable CS0414\n" + Controller("ReadOnlyMemory<byte>", handler));

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
            private int length;
            private byte first;

            private static ReadOnlyMemory<byte> Shared { get; set; }

            private event EventHandler? Happened;

            [OnMessage]
            {{handler}}

            private static void Print(ReadOnlyMemory<byte> bytes) => Console.WriteLine(bytes.Length);
        }

        public sealed record Item(ReadOnlyMemory<byte> Bytes)
        {
            public Item() : this(default(ReadOnlyMemory<byte>))
            {
            }
        }
        """;
}
