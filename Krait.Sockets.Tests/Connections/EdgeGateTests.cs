namespace Krait.Sockets.Tests.Connections;

/// <summary>Runs the gate in all orders in which its users' steps can come.</summary>
public sealed class EdgeGateTests
{
    private readonly HashSet<GateWorld> _seen = [];

    [Theory]
    [InlineData(5, 0, 0)]
    [InlineData(4, 2, 0)]
    [InlineData(4, 0, 3)]
    [InlineData(4, 2, 2)]
    public void In_no_order_does_the_reader_wait_for_ever_while_bytes_or_a_cancellation_are_there(int arrivals, int cancellations, int deferrals)
    {
        Explore(Start(ReaderProgram.Right, arrivals, cancellations, deferrals));

        var ends = _seen.Where(static world => !world.Next().Any()).ToList();
        Assert.NotEmpty(ends);
        Assert.All(ends, static end => Assert.True(end.IsWaiting && !end.IsNeglected, $"{end}"));
    }

    [Theory]
    [InlineData(4, 2, 2)]
    public void In_no_order_is_the_reader_resumed_twice_or_while_it_does_not_wait(int arrivals, int cancellations, int deferrals)
    {
        Explore(Start(ReaderProgram.Right, arrivals, cancellations, deferrals));

        Assert.Contains(_seen, static world => world.Resumptions == 1);
        Assert.All(_seen, static world => Assert.InRange(world.Resumptions, 0, world.IsWaiting ? 1 : 0));
    }

    [Fact]
    public void The_model_finds_the_edge_that_a_reader_loses_if_it_forgets_after_the_receive()
    {
        Explore(Start(ReaderProgram.ForgetsTooLate, arrivals: 2, cancellations: 0, deferrals: 0));

        Assert.Contains(_seen, static world => world.IsNeglected && !world.Next().Any());
    }

    [Fact]
    public void The_model_finds_the_cancellation_that_a_reader_loses_if_it_looks_only_before_it_forgets()
    {
        Explore(Start(ReaderProgram.LooksTooEarly, arrivals: 0, cancellations: 1, deferrals: 0));

        Assert.Contains(_seen, static world => world.IsNeglected && !world.Next().Any());
    }

    [Fact]
    public void The_model_finds_the_bytes_that_a_reader_loses_if_it_waits_after_a_cancellation_without_a_receive()
    {
        Explore(Start(ReaderProgram.WaitsWithoutReceive, arrivals: 2, cancellations: 1, deferrals: 0));

        Assert.Contains(_seen, static world => world.IsNeglected && !world.Next().Any());
    }

    [Fact]
    public void The_model_finds_the_reader_that_waits_for_a_turn_without_asking_for_it()
    {
        Explore(Start(ReaderProgram.WaitsForNoTurn, arrivals: 2, cancellations: 0, deferrals: 1));

        Assert.Contains(_seen, static world => world.IsNeglected && !world.Next().Any());
    }

    private static GateWorld Start(ReaderProgram program, int arrivals, int cancellations, int deferrals) =>
        new(program) { Arrivals = arrivals, Cancellations = cancellations, Deferrals = deferrals };

    /// <summary>Depth first over all orders; a moment that was reached before has been explored before.</summary>
    private void Explore(GateWorld start)
    {
        var open = new Stack<GateWorld>([start]);
        while (open.TryPop(out var world))
        {
            if (!_seen.Add(world))
                continue;

            foreach (var next in world.Next())
                open.Push(next);
        }
    }
}
