namespace Krait.Transport;

/// <summary>How much of the output the peer has read, as the kernel reports it.</summary>
internal interface IPeerProgress
{
    /// <summary>Asks the kernel. Any thread.</summary>
    PeerProgress Read();
}

/// <summary>An answer of the kernel.</summary>
/// <param name="Taken">Grows whenever the peer takes bytes; the number itself means nothing.</param>
/// <param name="HasAll">Whether the peer has taken all bytes that the kernel got.</param>
/// <param name="Given">How many bytes the kernel got so far, also from other code; null if it does not report it.</param>
internal readonly record struct PeerProgress(long Taken, bool HasAll, long? Given = null);
