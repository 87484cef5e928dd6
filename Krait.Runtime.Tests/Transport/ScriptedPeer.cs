using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>A peer behind a kernel that takes everything at once: the test says how far the peer itself has come.</summary>
internal sealed class ScriptedPeer : IPeerProgress
{
    private long _taken;

    public bool HasAll { get; set; } = true;

    public PeerProgress Read() => new(_taken, HasAll);

    public void Take() => _taken += 1000;
}
