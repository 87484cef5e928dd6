namespace Krait.Transport;

/// <summary>How far the peer has come with what was sent, as the kernel knows it.</summary>
internal interface IPeerProgress
{
    /// <summary>Asks the kernel. Any thread.</summary>
    PeerProgress Read();
}

/// <summary>An answer of the kernel.</summary>
/// <param name="Taken">Grows whenever the peer takes bytes; the number itself means nothing.</param>
/// <param name="HasAll">Whether the peer has taken all that the kernel was given.</param>
/// <param name="Given">How many bytes the kernel was given so far, by everybody; null if it does not say.</param>
internal readonly record struct PeerProgress(long Taken, bool HasAll, long? Given = null);
