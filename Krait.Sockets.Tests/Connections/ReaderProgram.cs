namespace Krait.Sockets.Tests.Connections;

/// <summary>The order of a reader's steps: the right one, and wrong ones in which the model must find the fault.</summary>
internal sealed record ReaderProgram(ReaderStep First, ReaderStep AfterForget, ReaderStep AfterNothing)
{
    public static ReaderProgram Right { get; } = new(ReaderStep.Forget, ReaderStep.LookAgain, ReaderStep.WaitIfNothing);

    /// <summary>Whether the reader asks for the turn that it waits for.</summary>
    public bool AsksForTurn { get; private init; } = true;

    /// <summary>Whether the reader receives again after it has forgotten edges, and before it waits.</summary>
    public bool ReceivesAfterForget { get; private init; } = true;

    /// <summary>Receives, and then forgets edges, among them those of bytes that came in between.</summary>
    public static ReaderProgram ForgetsTooLate { get; } = new(ReaderStep.Receive, ReaderStep.WaitIfNothing, ReaderStep.Forget);

    /// <summary>Forgets, among others, the edge of a cancellation that came after it looked for one.</summary>
    public static ReaderProgram LooksTooEarly { get; } = Right with { AfterForget = ReaderStep.Receive };

    /// <summary>Waits after a cancellation as if it had received since it forgot.</summary>
    public static ReaderProgram WaitsWithoutReceive { get; } = Right with { ReceivesAfterForget = false };

    /// <summary>Waits for a turn that it has not asked for.</summary>
    public static ReaderProgram WaitsForNoTurn { get; } = Right with { AsksForTurn = false };
}

/// <summary>The atomic operation that the reader does next.</summary>
internal enum ReaderStep
{
    /// <summary>Begins a read, or goes on after it was resumed.</summary>
    Look,

    /// <summary>The last receive has taken everything: waits without another.</summary>
    WaitIfDrained,

    WaitForTurn,
    Forget,

    /// <summary>Looks for a cancellation that came before Forget.</summary>
    LookAgain,

    Receive,
    WaitIfNothing,

    /// <summary>None: a Signal must resume it.</summary>
    Waits,
}
