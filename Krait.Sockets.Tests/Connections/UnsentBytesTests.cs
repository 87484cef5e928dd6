using CsCheck;
using Krait.Sockets.Connections;

namespace Krait.Sockets.Tests.Connections;

public sealed class UnsentBytesTests
{
    private enum Call
    {
        Lend,
        Write,
        EndLoan,
        Add,
        Send,
    }

    private static readonly Gen<(Call Call, int Size)[]> Calls = Gen.Select(
        Gen.Enum<Call>(), Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, 10_000])).Array[1, 40];

    [Fact]
    public void All_bytes_are_sent_in_order_whatever_is_lent_written_added_and_sent() => Calls.Sample(static calls =>
    {
        var run = new Run();
        foreach (var (call, size) in calls)
            run.Do(call, size);

        run.End();
    }, iter: 2_000, threads: 1);

    [Fact]
    public void More_cannot_be_written_than_was_lent()
    {
        var unsent = new UnsentBytes(new StrictPool());
        var room = unsent.Lend(1).Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => unsent.Written(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => unsent.Written(-1));
    }

    [Fact]
    public void An_array_that_is_lent_while_all_is_dropped_is_not_returned_to_others()
    {
        var pool = new StrictPool();
        var unsent = new UnsentBytes(pool);
        unsent.Add(new byte[10_000]);
        var lent = unsent.Lend(1);

        unsent.Clear();

        lent.Span.Fill(1);
        Assert.Equal(lent.Length, lent.Span.Count((byte)1));
        Assert.Single(pool.Rented);
        Assert.Equal(0, unsent.Length);
    }

    /// <summary>The bytes beside a count of those that must be there: consecutive numbers.</summary>
    private sealed class Run
    {
        private readonly StrictPool _pool = new();
        private readonly UnsentBytes _unsent;
        private Memory<byte> _lent;
        private long _written;
        private long _sent;

        public Run() => _unsent = new(_pool);

        public void Do(Call call, int size)
        {
            if (call == Call.Lend)
                Lend(size);
            else if (call == Call.Write)
                Write(Math.Min(size, _lent.Length));
            else if (call == Call.EndLoan)
                EndLoan();
            else if (call == Call.Add)
                Add(size);
            else
                Send(size);

            Check();
        }

        public void End()
        {
            EndLoan();
            while (_unsent.Length > 0)
                Send(3000);

            Assert.Equal(_written, _sent);
            _unsent.Clear();
            Assert.Empty(_pool.Rented);
        }

        private void Lend(int size)
        {
            _lent = _unsent.Lend(size);
            Assert.InRange(_lent.Length, Math.Max(size, 1), int.MaxValue);
            _lent.Span.Fill(1); // a producer may write anywhere in it
        }

        private void Write(int count)
        {
            Assert.False(_lent.Span.Contains(StrictPool.Spoiled), "An array was returned while it was lent.");
            Fill(_lent.Span[..count]);
            _unsent.Written(count);
            _lent = default;
        }

        private void EndLoan()
        {
            _unsent.EndLoan();
            _lent = default;
        }

        private void Add(int count)
        {
            EndLoan();
            var bytes = new byte[count];
            Fill(bytes);
            _unsent.Add(bytes);
        }

        private void Send(int count)
        {
            var next = _unsent.Next.Span;
            count = Math.Min(count, next.Length);
            Assert.True(Numbers.Of(_sent, count).SequenceEqual(next[..count]));
            _sent += count;
            if (count > 0)
                _unsent.Sent(count);
        }

        private void Check()
        {
            Assert.Equal(_written - _sent, _unsent.Length);
            Assert.Equal(_unsent.Length == 0, _unsent.Next.IsEmpty);
            if (_unsent.Length == 0 && _lent.IsEmpty)
                Assert.InRange(_pool.Rented.Count, 0, 1);
        }

        private void Fill(Span<byte> bytes)
        {
            Numbers.Of(_written, bytes.Length).CopyTo(bytes);
            _written += bytes.Length;
        }
    }
}
