using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Calls an action whenever output has left.</summary>
internal sealed class OutputObserver(Action advanced) : IOutputObserver
{
    public void OutputAdvanced() => advanced();
}
