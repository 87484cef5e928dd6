using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>Calls an action whenever output has left, as for one who waits for room.</summary>
internal sealed class OutputObserver : IOutputObserver
{
    private readonly Action _advanced;

    private OutputObserver(Action advanced) => _advanced = advanced;

    public static void Watch(MessageTransport transport, Action advanced)
    {
        transport.OutputObserver = new OutputObserver(advanced);
        transport.Output.Notice.IsWanted = true;
    }

    public void OutputAdvanced() => _advanced();
}
