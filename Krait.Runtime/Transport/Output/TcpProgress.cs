using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Krait.Transport;

/// <summary>
/// The state of a TCP connection in Linux. Its send buffer takes megabytes at once, and then nothing for as long as a slow
/// peer needs to read them.
/// </summary>
/// <remarks>The offsets are those of <c>struct tcp_info</c> (linux/tcp.h), which Linux extends only at its end.</remarks>
internal sealed class TcpProgress : IPeerProgress
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int Unacknowledged = 24;
    private const int BytesAcknowledged = 120;
    private const int BytesNotSent = 144;
    private const int BytesSent = 200;
    private const int BytesSentAgain = 208;
    private const int Size = 148;
    private const int LargeSize = 216; // since Linux 4.19

    private readonly Socket _socket;

    private TcpProgress(Socket socket) => _socket = socket;

    /// <summary>
    /// Finds the socket of a request with its own connection; null if there is none, or on another operating system.
    /// </summary>
    public static TcpProgress? Find(IFeatureCollection features) =>
        OperatingSystem.IsLinux() && features.Get<IConnectionSocketFeature>()?.Socket is { ProtocolType: ProtocolType.Tcp } socket
            ? new(socket)
            : null;

    public PeerProgress Read()
    {
        Span<byte> info = stackalloc byte[LargeSize];
        try
        {
            var length = _socket.GetRawSocketOption(Tcp, TcpInfo, info);
            return length < Size ? new(0, HasAll: true) : Parse(info, length);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return new(0, HasAll: true); // the connection is gone, which reads and writes notice
        }
    }

    private static PeerProgress Parse(ReadOnlySpan<byte> info, int length)
    {
        var notSent = BitConverter.ToUInt32(info[BytesNotSent..]);
        return new(
            BitConverter.ToInt64(info[BytesAcknowledged..]),
            HasAll: BitConverter.ToUInt32(info[Unacknowledged..]) == 0 && notSent == 0,
            Given: length < LargeSize
                ? null
                : BitConverter.ToInt64(info[BytesSent..]) - BitConverter.ToInt64(info[BytesSentAgain..]) + notSent);
    }
}
