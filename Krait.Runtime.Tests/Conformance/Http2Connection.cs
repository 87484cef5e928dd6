using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>An extended CONNECT on a connection of its own: as much of HTTP/2 (RFC 9113) as one stream needs.</summary>
/// <remarks>The client sends less than the server's window and so counts nothing; the server's output is let through as it is read, 64 KiB at first.</remarks>
internal sealed class Http2Connection : IRawConnection
{
    private const int FrameHeaderSize = 9;
    private const int LargestFrame = 16 * 1024;
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte WindowUpdate = 8;
    private const byte EndStream = 0x01;
    private const byte EndHeaders = 0x04;
    private const byte Acknowledged = 0x01;
    private const byte StatusIs200 = 0x88;
    private const byte Cancelled = 8;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private ReadOnlyMemory<byte> _unread;
    private bool _hasEnded;

    private Http2Connection(Socket socket) => (_socket, _stream) = (socket, new(socket, ownsSocket: true));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Connects, and sends the request with <paramref name="early"/> right behind it.</summary>
    public static async Task<Http2Connection> ConnectAsync(int port, string path, (string Name, string Value)[] headers, byte[] early)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port, Ct);
        var connection = new Http2Connection(socket);
        (string Name, string Value)[] fields =
        [
            (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "http"), (":path", path), (":authority", "localhost"), ("sec-websocket-version", "13"), .. headers,
        ];
        await connection.WriteAsync(
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame(Settings, 0, stream: 0, []),
            .. Frame(Headers, EndHeaders, stream: 1, [.. fields.SelectMany(Literal)]),
            .. DataFrames(early),
        ]);
        await connection.ReadAnswerAsync();
        return connection;
    }

    public Task SendAsync(byte[] bytes) => WriteAsync(DataFrames(bytes));

    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        while (_unread.IsEmpty && !_hasEnded)
            await ReadFrameAsync();

        var count = Math.Min(buffer.Length, _unread.Length);
        if (count == 0)
            return 0;

        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        var credit = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(credit, count);
        await WriteAsync([.. Frame(WindowUpdate, 0, stream: 0, credit), .. Frame(WindowUpdate, 0, stream: 1, credit)]);
        return count;
    }

    public Task FinishAsync() => WriteAsync(Frame(Data, EndStream, stream: 1, []));

    public void Reset() => _socket.Send(Frame(ResetStream, 0, stream: 1, [0, 0, 0, Cancelled]));

    public void Dispose()
    {
        _stream.Dispose();
        _writing.Dispose();
    }

    private static byte[] Frame(byte type, byte flags, byte stream, byte[] payload) =>
        [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, stream, .. payload];

    private static byte[] DataFrames(byte[] bytes) => [.. bytes.Chunk(LargestFrame).SelectMany(static part => Frame(Data, 0, stream: 1, part))];

    // HPACK: a literal that is not indexed, without Huffman coding.
    private static byte[] Literal((string Name, string Value) field) =>
        [0, (byte)field.Name.Length, .. Encoding.ASCII.GetBytes(field.Name), (byte)field.Value.Length, .. Encoding.ASCII.GetBytes(field.Value)];

    private async Task ReadAnswerAsync()
    {
        byte[]? answer;
        while ((answer = await ReadFrameAsync()) is null)
        {
        }

        Assert.Equal(StatusIs200, answer[0]);
        Assert.DoesNotContain("extensions", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
    }

    /// <summary>Reads a frame; returns the header block if it is one.</summary>
    private async Task<byte[]?> ReadFrameAsync()
    {
        var header = new byte[FrameHeaderSize];
        await _stream.ReadExactlyAsync(header, Ct);
        var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
        await _stream.ReadExactlyAsync(payload, Ct);
        var (type, flags) = (header[3], header[4]);
        switch (type)
        {
            case Data:
                _unread = payload;
                _hasEnded = (flags & EndStream) != 0;
                break;
            case Headers:
                _hasEnded = (flags & EndStream) != 0;
                return payload;
            case ResetStream:
                throw new IOException("The stream was reset.");
            case Settings or Ping when (flags & Acknowledged) == 0:
                await WriteAsync(Frame(type, Acknowledged, stream: 0, type == Ping ? payload : []));
                break;
        }

        return null;
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await _writing.WaitAsync(Ct);
        try
        {
            await _stream.WriteAsync(bytes, Ct);
        }
        finally
        {
            _writing.Release();
        }
    }
}
