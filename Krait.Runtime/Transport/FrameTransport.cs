using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>Krait's own RFC 6455 framing on an upgraded stream.</summary>
/// <remarks>
/// Reads complete synchronously while bytes are there. While none arrive, the connection holds no buffer: it waits for
/// the server's pipe, or with a read of zero bytes. If a stream ends such a read at once, it holds a buffer. Messages
/// allocate nothing.
/// </remarks>
internal sealed class FrameTransport : MessageTransport
{
    private const int Nothing = -1;

    // Copied bytes are unmasked next, while they are still in the processor's cache.
    private const int LargestCopy = 64 * 1024;

    private const int DiscardSize = 16 * 1024;

    // A client that never stops sending pings must not keep the thread, nor delay code that waits for the reader.
    private const int MostReadsAtOnce = 8;

    private readonly Stream _stream;
    private readonly PipeReader? _input;
    private readonly KestrelPipes _pipes;
    private readonly FrameOutput _output;
    private readonly FrameReader _reader;
    private readonly KeepAlive? _keepAlive;
    private int _readsAtOnce; // without a message, since the last one that had to wait

    /// <summary>Starts on a stream whose handshake is done.</summary>
    /// <param name="stream">The upgraded stream, which the transport owns.</param>
    /// <param name="abort">Breaks the connection so that pending reads and writes of the stream end.</param>
    /// <param name="options">The limits.</param>
    /// <param name="pipes">The pipes below the stream, as far as they can be reached.</param>
    /// <param name="deflate">The negotiated compression, if any.</param>
    /// <param name="peerGone">Is cancelled when the server knows that the peer has gone.</param>
    public FrameTransport(
        Stream stream,
        Action abort,
        TransportOptions options,
        KestrelPipes pipes = default,
        WebSocketDeflateOptions? deflate = null,
        CancellationToken peerGone = default)
        : this(stream, abort, options, OutputOf(stream, options, pipes, deflate), pipes, deflate, peerGone)
    {
    }

    private FrameTransport(
        Stream stream,
        Action abort,
        TransportOptions options,
        FrameOutput output,
        KestrelPipes pipes,
        WebSocketDeflateOptions? deflate,
        CancellationToken peerGone)
        : base(output, new TransportCarrier(stream, abort))
    {
        _stream = stream;
        _input = pipes.Input;
        _pipes = pipes;
        _output = output;
        _reader = new FrameReader(options.MaxMessageSize, deflate is null ? null : new(deflate, options.MaxMessageSize));
        _keepAlive = KeepAlive.Start(options, output, peerGone);
    }

    public override bool IsInMessage => _reader.IsCutOff;

    public override bool HasUnread => !_reader.IsIdle;

    public override bool TryRead(out TransportRead read)
    {
        read = default;
        return !HasEnded && TryReadReceived(out read) && read.Kind == TransportReadKind.Message;
    }

    public override IDisposable DetachPayload() => _reader.DetachPayload();

    public override async ValueTask DisposeAsync()
    {
        _keepAlive?.Dispose();
        _reader.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
        await EndOutputAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the output for the client. Kestrel would do so only when the handlers have returned.</summary>
    private async ValueTask EndOutputAsync()
    {
        if (_pipes.Output is not null)
            await _pipes.Output.CompleteAsync().ConfigureAwait(false); // sends the rest, then FIN
        else if (_pipes.Tls is not null && !IsLost)
            await EndTlsAsync(_pipes.Tls).ConfigureAwait(false);
    }

    /// <summary>Sends the close_notify of TLS; a client answers it by closing TCP.</summary>
    private static async ValueTask EndTlsAsync(SslStream tls)
    {
        try
        {
            await tls.ShutdownAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The connection has broken, or the server has closed the stream meanwhile: the client sees the end anyway.
        }
    }

    protected override ValueTask<TransportRead> ReadNextAsync() =>
        TryReadReceived(out var read) ? new(read) : ReceiveAsync();

    protected override async Task<bool> FindCloseAsync(DrainPatience patience)
    {
        var search = _reader.SearchClose();
        var buffer = ArrayPool<byte>.Shared.Rent(DiscardSize);
        if (!search.IsInMessage)
            patience.MessageEnded();

        int count;
        while (!search.IsFound && (count = await DiscardAsync(buffer, patience.Over).ConfigureAwait(false)) > 0)
        {
            patience.Heard();
            search.Read(buffer.AsSpan(0, count));
            if (!search.IsInMessage)
                patience.MessageEnded();
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return search.IsFound;
    }

    private async ValueTask<int> DiscardAsync(Memory<byte> buffer, CancellationToken over)
    {
        try
        {
            return await _stream.ReadAsync(buffer, over).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Time is up, or the connection broke, for which servers throw exceptions of many types: stop reading.
            return 0;
        }
    }

    private static FrameOutput OutputOf(
        Stream stream, TransportOptions options, KestrelPipes pipes, WebSocketDeflateOptions? deflate) =>
        new(stream, options, pipes, deflate is null ? null : new(deflate));

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TransportRead> ReceiveAsync()
    {
        while (true)
        {
            int count;
            try
            {
                _reader.Park();
                count = _input is null
                    ? await ReadStreamAsync().ConfigureAwait(false)
                    : Take(_input, await Watched(_input.ReadAsync()).ConfigureAwait(false));
            }
            catch (Exception e)
            {
                // Servers throw many types of exceptions for a broken connection. Any of them becomes the error of the loss.
                return End(Lost ?? TransportRead.Lost(CloseCause.ConnectionLost, e));
            }

            if (count == 0 || IsLost)
                return End(Lost ?? TransportRead.Lost(CloseCause.ConnectionLost));

            if (count == Nothing)
                continue;

            _keepAlive?.Received();
            _reader.Received(count);
            if (TryReadReceived(out var read))
                return read;

            if (HasReadManyAtOnce())
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        }
    }

    private bool HasReadManyAtOnce()
    {
        if (++_readsAtOnce < MostReadsAtOnce)
            return false;

        _readsAtOnce = 0;
        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReadStreamAsync()
    {
        if (_reader.IsIdle)
            await Watched(_stream.ReadAsync(Memory<byte>.Empty)).ConfigureAwait(false);

        return await Watched(_stream.ReadAsync(_reader.GetMemory())).ConfigureAwait(false);
    }

    /// <summary>Continues to read the received bytes, and answers pings.</summary>
    private bool TryReadReceived(out TransportRead read)
    {
        FrameReaderStep step;
        while ((step = _reader.Next()) == FrameReaderStep.Ping)
            _output.SendPong(_reader.PingPayload.Span);

        read = step switch
        {
            FrameReaderStep.Message => _reader.Result,
            FrameReaderStep.End => End(_reader.Result),
            _ => default,
        };
        return step != FrameReaderStep.Starved;
    }

    /// <summary>Copies bytes of the pipe, as far as there is room.</summary>
    private int Take(PipeReader input, in ReadResult result)
    {
        var bytes = result.Buffer;
        var room = _reader.GetMemory((int)Math.Min(bytes.Length, LargestCopy)).Span;
        var largest = Math.Min(room.Length, LargestCopy);
        if (bytes.Length > largest)
            bytes = bytes.Slice(0, largest);

        bytes.CopyTo(room);
        var count = (int)bytes.Length;
        input.AdvanceTo(bytes.End);

        // A server that shuts down cancels the read, in case it waits for another request.
        return count == 0 && result.IsCanceled && !result.IsCompleted ? Nothing : count;
    }

    private ValueTask<T> Watched<T>(ValueTask<T> reading)
    {
        if (reading.IsCompleted)
            return reading;

        _readsAtOnce = 0;
        _keepAlive?.Waiting();
        return reading;
    }
}
