using System.Buffers;
using CsCheck;
using Krait.Sockets.Connections;

namespace Krait.Sockets.Tests.Connections;

public sealed class ReceivedBytesTests
{
    private static readonly Gen<(double Filled, double Consumed, double Examined)[]> Turns =
        Gen.Select(Shares(), Shares(), Shares()).Array[1, 30];

    [Fact]
    public void All_bytes_come_out_in_order_whatever_is_received_consumed_and_examined() => Turns.Sample(static turns =>
    {
        var pool = new StrictPool();
        var run = new Run(pool, new ReceivedBytes(pool, size: 8192));
        foreach (var turn in turns)
        {
            run.Receive(turn.Filled);
            run.Advance(turn.Consumed, turn.Examined);
        }

        run.End();
    }, iter: 2_000, threads: 1);

    [Fact]
    public void A_position_at_the_end_of_the_last_array_with_bytes_counts_as_the_end_of_all()
    {
        var pool = new StrictPool();
        var received = new ReceivedBytes(pool, size: 2048);
        received.GetRoom()[..2048].Clear();
        received.Received(2048);
        received.GetRoom(); // a second array, into which nothing comes
        received.Received(0);
        var first = received.Sequence.Start.GetObject();

        received.AdvanceTo(received.Sequence.Start, new(first, 2048));
        Assert.False(received.HasNew);

        received.AdvanceTo(new(first, 2048), new(first, 2048));
        Assert.Empty(pool.Rented);
    }

    [Fact]
    public void A_small_rest_that_was_examined_moves_to_a_small_array()
    {
        var pool = new StrictPool();
        var received = new ReceivedBytes(pool);
        Numbers.Of(0, 9000).CopyTo(received.GetRoom());
        received.Received(9000);

        received.AdvanceTo(received.Sequence.GetPosition(8000), received.Sequence.End);

        Assert.True(Numbers.Of(8000, 1000).SequenceEqual(received.Sequence.ToArray()));
        Assert.Equal(4096, Assert.Single(pool.Rented).Length);
    }

    private static Gen<double> Shares() => Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 1]);

    /// <summary>The bytes beside a list of those that must be there: consecutive numbers.</summary>
    private sealed class Run(StrictPool pool, ReceivedBytes received)
    {
        private long _came;
        private long _consumed;
        private bool _hasNew;

        public void Receive(double filled)
        {
            var room = received.GetRoom();
            Assert.NotEqual(0, room.Length);
            var count = (int)(room.Length * filled);
            Numbers.Of(_came, count).CopyTo(room);
            _came += count;
            received.Received(count);
            _hasNew |= count > 0;
            Check();
        }

        public void Advance(double consumed, double examined)
        {
            var sequence = received.Sequence;
            var taken = (long)(sequence.Length * consumed);
            var seen = Math.Max(taken, (long)(sequence.Length * examined));
            _hasNew = seen < sequence.Length;
            received.AdvanceTo(sequence.GetPosition(taken), sequence.GetPosition(seen));
            _consumed += taken;
            Check();
        }

        public void End()
        {
            received.Clear();
            Assert.Empty(pool.Rented);
            Assert.False(received.HasNew);
            Assert.True(received.Sequence.IsEmpty);
        }

        private void Check()
        {
            var bytes = received.Sequence.ToArray();
            Assert.Equal(_came - _consumed, bytes.Length);
            Assert.True(Numbers.Of(_consumed, bytes.Length).SequenceEqual(bytes));
            Assert.Equal(_hasNew, received.HasNew);
            if (bytes.Length == 0)
                Assert.Empty(pool.Rented);
        }
    }
}
