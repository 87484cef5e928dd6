using Krait.Sockets.Connections;

namespace Krait.Sockets.Tests.Connections;

/// <summary>A moment in the life of one <see cref="EdgeGate"/> and of all that use it. Equal moments have equal futures.</summary>
/// <remarks>
/// The reader's steps are those of SocketReader.TryFinish, one atomic operation each. Between two of them anything may happen:
/// bytes arrive, the loop learns of it and signals, somebody cancels the read and signals, a deferred turn comes and signals.
/// </remarks>
internal record struct GateWorld(ReaderProgram Program)
{
    /// <summary>How many bytes one receive takes at most.</summary>
    private const int Room = 2;

    private EdgeGate _gate = new();
    private ReaderStep _step = ReaderStep.Look;
    private int _bytes; // that have arrived
    private bool _isDrained;
    private bool _isCancelled;
    private bool _hasUnseenEdge; // that the kernel will report
    private bool _hasSignalToCome; // of the canceller
    private int _defersToCome; // the reader waits for its turn, and has not asked the loop for it yet
    private int _turnsToCome;

    /// <summary>How many bytes are still to arrive, one by one.</summary>
    public int Arrivals { get; set; }

    public int Cancellations { get; set; }

    /// <summary>How often the reader may find that it has received in this turn.</summary>
    public int Deferrals { get; set; }

    /// <summary>How many signals have found the reader waiting, and have not resumed it yet.</summary>
    public int Resumptions { get; private set; }

    public readonly bool IsWaiting => _step == ReaderStep.Waits;

    /// <summary>The reader waits though there are bytes or a cancellation.</summary>
    public readonly bool IsNeglected => IsWaiting && (_bytes > 0 || _isCancelled);

    /// <summary>All moments that can be next; none if nothing moves any more.</summary>
    public readonly IEnumerable<GateWorld> Next()
    {
        if (Arrivals > 0)
            yield return this with { Arrivals = Arrivals - 1, _bytes = _bytes + 1, _hasUnseenEdge = true };

        if (_hasUnseenEdge)
            yield return (this with { _hasUnseenEdge = false }).Signalled();

        if (Cancellations > 0 && !_hasSignalToCome)
            yield return this with { Cancellations = Cancellations - 1, _isCancelled = true, _hasSignalToCome = true };

        if (_hasSignalToCome)
            yield return (this with { _hasSignalToCome = false }).Signalled();

        if (_defersToCome > 0)
            yield return this with { _defersToCome = _defersToCome - 1, _turnsToCome = _turnsToCome + 1 };

        if (_turnsToCome > 0)
            yield return (this with { _turnsToCome = _turnsToCome - 1 }).Signalled();

        if (Resumptions > 0)
            yield return this with { Resumptions = Resumptions - 1, _step = ReaderStep.Look };

        foreach (var next in OfReader())
            yield return next;
    }

    private readonly IEnumerable<GateWorld> OfReader()
    {
        switch (_step)
        {
            case ReaderStep.Look when _isCancelled:
                yield return this with { _isCancelled = false }; // the read ends, and the next one begins
                break;
            case ReaderStep.Look:
                yield return this with { _step = _isDrained ? ReaderStep.WaitIfDrained : Program.First };
                if (Deferrals > 0)
                    yield return this with { _step = ReaderStep.WaitForTurn, Deferrals = Deferrals - 1 };

                break;
            case ReaderStep.WaitIfDrained:
                yield return Waited(otherwise: Program.First);
                break;
            case ReaderStep.WaitForTurn:
                yield return WaitingForTurn();
                break;
            case ReaderStep.Forget:
                yield return Forgotten();
                break;
            case ReaderStep.LookAgain:
                yield return this with { _step = _isCancelled ? ReaderStep.Look : ReaderStep.Receive };
                break;
            case ReaderStep.Receive:
                yield return Received();
                break;
            case ReaderStep.WaitIfNothing:
                yield return Waited(otherwise: ReaderStep.Look);
                break;
        }
    }

    private readonly GateWorld Signalled()
    {
        var next = this;
        return next._gate.Signal() ? next with { Resumptions = Resumptions + 1 } : next;
    }

    private readonly GateWorld Waited(ReaderStep otherwise)
    {
        var next = this;
        return next._gate.TryWait() ? next with { _step = ReaderStep.Waits } : next with { _step = otherwise };
    }

    private readonly GateWorld WaitingForTurn()
    {
        var next = this;
        next._gate.WaitForTurn();
        return next with { _step = ReaderStep.Waits, _defersToCome = _defersToCome + (Program.AsksForTurn ? 1 : 0) };
    }

    private readonly GateWorld Forgotten()
    {
        var next = this;
        next._gate.Forget();
        return next with { _step = Program.AfterForget, _isDrained = _isDrained && !Program.ReceivesAfterForget };
    }

    /// <summary>Bytes end the read, and the next one begins.</summary>
    private readonly GateWorld Received()
    {
        var count = Math.Min(_bytes, Room);
        var step = count > 0 ? ReaderStep.Look : Program.AfterNothing;
        return this with { _bytes = _bytes - count, _isDrained = count < Room, _step = step };
    }
}
