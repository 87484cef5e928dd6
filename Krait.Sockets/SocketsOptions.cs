namespace Krait.Sockets;

/// <summary>Options of <c>UseKraitSockets()</c>.</summary>
public sealed class SocketsOptions
{
    private int _loops = Environment.ProcessorCount;

    /// <summary>
    /// The number of threads that receive and handle messages: from 1 to 256, by default one for each core.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in that range.</exception>
    public int Loops
    {
        get => _loops;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 256);
            _loops = value;
        }
    }

    /// <summary>
    /// Whether Kestrel's own transport serves TCP on Linux, too, as on all other systems. Set it to compare the two.
    /// </summary>
    public bool UseKestrelTransport { get; set; }
}
