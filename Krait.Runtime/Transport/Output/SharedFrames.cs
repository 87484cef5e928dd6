using System.Net.WebSockets;

namespace Krait.Transport;

/// <summary>Several encoded messages in one piece, for connections that need not compress them.</summary>
/// <param name="frames">Whole frames, which must not change.</param>
internal sealed class SharedFrames(byte[] frames) : SharedMessage(WebSocketMessageType.Binary, frames, headerSize: 0)
{
    public override int Length => Frame.Length;
}
