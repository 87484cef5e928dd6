using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace Krait.Transport;

/// <summary>Krait's own RFC 6455 framing on an upgraded stream.</summary>
/// <remarks>
/// Reads complete synchronously as long as bytes are there. While nothing comes, the connection holds no buffer: the server's pipe waits, or else a read of
/// zero bytes; a stream that ends such a read at once costs the buffer and nothing else. Nothing is allocated for a message.
/// </remarks>
internal sealed class FrameTransport : MessageTransport
{
    private const int Nothing = -1;

    // What is copied is unmasked next: while it is still in the processor's cache.
    private const int LargestCopy = 64 * 1024;

    private readonly Stream _stream;
    private readonly PipeReader? _input;
    private readonly PipeWriter? _connectionOutput;
    private readonly FrameOutput _output;
    private readonly FrameReader _reader;
    private readonly KeepAlive? _keepAlive;
    private bool _owesPongs;

    /// <summary>Starts on a stream whose handshake is done.</summary>
    /// <param name="stream">The upgraded stream, which the transport owns.</param>
    /// <param name="abort">Breaks the connection so that pending reads and writes of the stream end.</param>
    /// <param name="options">The limits.</param>
    /// <param name="pipes">The pipes below the stream, as far as they can be reached.</param>
    /// <param name="deflate">What was agreed on compression, if anything.</param>
    /// <param name="peerGone">The server's word that the peer sends nothing more.</param>
    public FrameTransport(
        Stream stream, Action abort, TransportOptions options, KestrelPipes pipes = default, WebSocketDeflateOptions? deflate = null, CancellationToken peerGone = default)
        : this(stream, abort, options, new FrameOutput(stream, options, pipes.Output, deflate is null ? null : new(deflate)), pipes, deflate, peerGone)
    {
    }

    private FrameTransport(
        Stream stream, Action abort, TransportOptions options, FrameOutput output, KestrelPipes pipes, WebSocketDeflateOptions? deflate, CancellationToken peerGone)
        : base(output, new TransportCarrier(stream, abort))
    {
        _stream = stream;
        _input = pipes.Input;
        _connectionOutput = pipes.Output;
        _output = output;
        _reader = new FrameReader(options.MaxMessageSize, deflate is null ? null : new(deflate, options.MaxMessageSize));
        _keepAlive = KeepAlive.Start(options, output, peerGone);
    }

    public override bool TryRead(out TransportRead read)
    {
        read = default;
        return !HasEnded && TryReadReceived(out read) && read.Kind == TransportReadKind.Message;
    }

    public override IDisposable DetachPayload() => _reader.DetachPayload();

    public override async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            while (await _stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception)
        {
            // The connection broke or time is up: either way there is nobody left to wait for.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _keepAlive?.Dispose();
        _reader.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
        if (_connectionOutput is not null)
            await _connectionOutput.CompleteAsync().ConfigureAwait(false); // sends what is left and ends TCP, which Kestrel would do only when handlers have returned
    }

    protected override ValueTask<TransportRead> ReadNextAsync() =>
        TryReadReceived(out var read) ? new(read) : ReceiveAsync();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<TransportRead> ReceiveAsync()
    {
        TransportRead read;
        do
        {
            int count;
            try
            {
                _reader.Park();
                if (_input is not null)
                {
                    count = Take(_input, await Watched(_input.ReadAsync()).ConfigureAwait(false));
                }
                else
                {
                    if (_reader.IsIdle)
                        await Watched(_stream.ReadAsync(Memory<byte>.Empty)).ConfigureAwait(false);

                    count = await Watched(_stream.ReadAsync(_reader.GetMemory())).ConfigureAwait(false);
                }
            }
            catch (Exception e)
            {
                // Servers throw many types when a connection breaks; whichever it is goes up with the loss.
                return End(Lost ?? TransportRead.Lost(CloseCause.ConnectionLost, e));
            }

            if (count == 0 || IsLost)
                return End(Lost ?? TransportRead.Lost(CloseCause.ConnectionLost));

            if (count == Nothing)
                continue;

            _keepAlive?.Received();
            _reader.Received(count);
        }
        while (!TryReadReceived(out read));

        return read;
    }

    /// <summary>Reads on in what was received, and answers pings.</summary>
    private bool TryReadReceived(out TransportRead read)
    {
        FrameReaderStep step;
        while ((step = _reader.Next()) == FrameReaderStep.Ping)
        {
            if (!TryAnswerPing())
            {
                read = End(TransportRead.Violation(CloseCause.ProtocolError, 1008, "Too many pings wait for their answer."));
                return true;
            }
        }

        if (_owesPongs)
        {
            _owesPongs = false;
            _output.Flush();
        }

        read = step switch
        {
            FrameReaderStep.Message => _reader.Result,
            FrameReaderStep.End => End(_reader.Result),
            _ => default,
        };
        return step != FrameReaderStep.Starved;
    }

    private bool TryAnswerPing()
    {
        _owesPongs = true;
        var payload = _reader.PingPayload.Span;
        if (_output.TryWritePong(payload))
            return true;

        // Many pings in one batch are no flood as long as the peer takes the answers.
        _output.FlushNow();
        return _output.TryWritePong(payload);
    }

    /// <summary>Copies what the pipe has, as far as there is room.</summary>
    private int Take(PipeReader input, in ReadResult result)
    {
        var bytes = result.Buffer;
        var room = _reader.GetMemory().Span;
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
        if (!reading.IsCompleted)
            _keepAlive?.Waiting();

        return reading;
    }
}
