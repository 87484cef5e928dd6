namespace Krait.Load.Serving;

/// <summary>A handler that blocks its thread, as none should.</summary>
[WebSocketController(Route)]
public sealed partial class BlockingController
{
    internal const string Route = "/blocking";

    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(100);

#pragma warning disable KRAIT090
    [OnMessage]
    private static RawMessage Block(RawMessage message)
    {
        Thread.Sleep(Span); // on purpose: the row 'blocked' measures it
        return message;
    }
#pragma warning restore KRAIT090
}
