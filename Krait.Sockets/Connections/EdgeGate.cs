namespace Krait.Sockets.Connections;

/// <summary>Hands the edges of a socket to its reader, which may be about to wait. Lock-free; thread-safe.</summary>
/// <remarks>
/// <code>
///              Forget                 TryWait
///   +------+ --------> +-------+ ---------------> +---------+
///   | Edge |           | Quiet |                  | Waiting |
///   +------+ &lt;-------- +-------+                  +---------+
///      ^       Signal                                  |
///      |                Signal: resume the reader      |
///      +-----------------------------------------------+
/// </code>
/// Edge-triggered epoll reports each arrival once. The reader calls <see cref="Forget"/>, then looks for a cancellation, then
/// receives, and if nothing is there <see cref="TryWait"/>. The code that notices an edge, a cancellation or the end calls
/// <see cref="Signal"/>.
/// <para>
/// No edge is lost: bytes that arrive after the receive found nothing cause a <see cref="Signal"/> after
/// <see cref="Forget"/>. If it comes before <see cref="TryWait"/>, the state is Edge, TryWait fails, and the reader receives
/// again.
/// If it comes after, it finds Waiting and resumes the reader. There is no third order, because both are one atomic operation.
/// </para>
/// <para>
/// The reader is resumed once: only the Signal that replaces Waiting returns true, and only the reader sets Waiting.
/// EdgeGateTests checks all orders of these steps.
/// </para>
/// </remarks>
internal struct EdgeGate()
{
    private const int Quiet = 0;
    private const int Edge = 1;
    private const int Waiting = 2;

    // It begins with an edge, because bytes may have arrived before the socket was watched.
    private int _state = Edge;

    /// <summary>Forgets earlier edges. Reader only; receive after it.</summary>
    public void Forget() => Interlocked.Exchange(ref _state, Quiet);

    /// <summary>Begins to wait. Reader only.</summary>
    /// <returns>False if there was an edge since <see cref="Forget"/>: receive again.</returns>
    public bool TryWait() => Interlocked.CompareExchange(ref _state, Waiting, Quiet) == Quiet;

    /// <summary>
    /// Begins to wait even if an edge has come: the reader has made sure that a <see cref="Signal"/> follows. Reader only.
    /// </summary>
    public void WaitForTurn() => Interlocked.Exchange(ref _state, Waiting);

    /// <summary>Notes an edge.</summary>
    /// <returns>Whether the reader waited: the caller, and no other, must resume it.</returns>
    public bool Signal() => Interlocked.Exchange(ref _state, Edge) == Waiting;
}
