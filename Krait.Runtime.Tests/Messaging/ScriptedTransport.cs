using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Krait.Transport;
using Microsoft.Extensions.Time.Testing;

namespace Krait.Runtime.Tests.Messaging;

/// <summary>A transport whose peer is the test: reads come from <see cref="Receive(string)"/>, output leaves when the test lets it.</summary>
internal sealed class ScriptedTransport : MessageTransport
{
    private readonly Channel<TransportRead> _reads;
    private readonly ScriptedOutput _output;
    private TransportRead? _end;

    public ScriptedTransport()
        : this(new(), Channel.CreateUnbounded<TransportRead>(new() { SingleReader = false }))
    {
    }

    private ScriptedTransport(ScriptedOutput output, Channel<TransportRead> reads)
        : base(output, new(new MemoryStream(), () => reads.Writer.TryWrite(TransportRead.Lost(CloseCause.ConnectionLost))))
    {
        _output = output;
        _reads = reads;
    }

    /// <summary>Whether output leaves as soon as it is flushed.</summary>
    public bool Taking { get => _output.Taking; set => _output.Taking = value; }

    /// <summary>What has left: messages as text, the close frame as "close STATUS REASON".</summary>
    public IReadOnlyList<string> Sent => _output.Messages;

    /// <summary>How many reads were not asked for yet.</summary>
    public int Unread => _reads.Reader.Count;

    public bool Aborted => Lost is not null;

    /// <summary>Completes when it is disposed.</summary>
    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What disposing it throws.</summary>
    public Exception? DisposeFailure { get; set; }

    public void Receive(string text) => Receive(TransportRead.Message(WebSocketMessageType.Text, Encoding.UTF8.GetBytes(text)));

    public void Receive(TransportRead read) => _reads.Writer.TryWrite(read);

    /// <summary>Lets the message leave that is under way.</summary>
    public void Take() => _output.Take();

    /// <summary>Lets the message leave that is under way, if one is, and all that follow.</summary>
    public void TakeAll() => _output.TakeAll();

    protected override async ValueTask<TransportRead> ReadNextAsync() => _end ?? await NextAsync();

    /// <summary>Completes with whether the client's close frame came after a violation.</summary>
    public Task<bool> Drained { get; set; } = Task.FromResult(false);

    protected override async Task<bool> FindCloseAsync(DrainPatience patience)
    {
        await ((Task)Drained).WaitAsync(patience.Over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Drained is { IsCompletedSuccessfully: true, Result: true };
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Disposed.TrySetResult();
        if (DisposeFailure is not null)
            throw DisposeFailure;
    }

    public override IDisposable DetachPayload() => new MemoryStream();

    private async Task<TransportRead> NextAsync()
    {
        var read = await _reads.Reader.ReadAsync();
        _end = read.Kind == TransportReadKind.Message ? null : read;
        return read;
    }

    private sealed class ScriptedOutput() : TransportOutput(new TransportOptions
    {
        MaxMessageSize = 1,
        KeepAliveInterval = Timeout.InfiniteTimeSpan,
        KeepAliveTimeout = Timeout.InfiniteTimeSpan,
        SendTimeout = Timeout.InfiniteTimeSpan,
        TimeProvider = new FakeTimeProvider(), // stands still
    })
    {
        private readonly List<string> _messages = [];
        private volatile TaskCompletionSource? _piece;

        public bool Taking { get; set; } = true;

        public IReadOnlyList<string> Messages
        {
            get
            {
                lock (_messages)
                    return [.. _messages];
            }
        }

        public override bool MarksCompressible => false;

        public void Take() => _piece!.SetResult();

        public void TakeAll()
        {
            lock (_messages) // else a piece that another thread begins now would wait for ever
                Taking = true;

            _piece?.TrySetResult();
        }

        protected override ValueTask SendPieceAsync(ReadOnlyMemory<byte> unsent, out int taken)
        {
            var header = ServerFrameHeader.Read(unsent.Span);
            taken = header.Size;
            var message = Tell(header, unsent.Span[header.HeaderSize..header.Size]);
            lock (_messages)
            {
                if (!Taking)
                {
                    _piece = new();
                    return new(TakenAsync(_piece.Task, message));
                }

                _messages.Add(message);
                return default;
            }
        }

        private static string Tell(ServerFrameHeader header, ReadOnlySpan<byte> payload) => header.Opcode == FrameOpcode.Close
            ? $"close {(payload.IsEmpty ? (int)CloseFrame.NoStatus : BinaryPrimitives.ReadUInt16BigEndian(payload))} {Encoding.UTF8.GetString(payload.IsEmpty ? [] : payload[2..])}".TrimEnd()
            : Encoding.UTF8.GetString(payload);

        private async Task TakenAsync(Task taken, string message)
        {
            await taken;
            Add(message);
        }

        private void Add(string message)
        {
            lock (_messages)
                _messages.Add(message);
        }
    }
}
