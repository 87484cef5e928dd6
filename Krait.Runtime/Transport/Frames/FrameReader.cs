using System.Buffers;
using System.Net.WebSockets;
using System.Text.Unicode;

namespace Krait.Transport;

/// <summary>Turns the bytes of a client into messages: bytes in, messages out, no I/O.</summary>
/// <remarks>
/// Payloads are unmasked in place, and the parts of a fragmented message are moved together over the headers between them. So
/// every message is one piece of memory, and a message of a single frame is never copied. It checks lengths when frames
/// declare them, and text when it arrives.
/// </remarks>
/// <param name="maxMessageSize">The largest message, in bytes of payload.</param>
/// <param name="inflater">Inflates compressed messages; null without compression.</param>
internal sealed class FrameReader(int maxMessageSize, MessageInflater? inflater = null) : IDisposable
{
    private readonly ReceiveWindow _window = new();
    private FragmentBudget _budget;
    private Utf8Validator _utf8;
    private WebSocketMessageType _type;
    private FrameHeader _frame;
    private long _frameRead;
    private bool _inFrame;
    private bool _inMessage;
    private bool _isCompressed;
    private bool _hasEnded;
    private TransportRead _end;

    /// <summary>Whether the reader is between messages, so that the buffer can be returned.</summary>
    public bool IsIdle => !_inMessage && _window.Unread.IsEmpty;

    /// <summary>Whether the reading ended in the middle of a message that is too large.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>The message, or the end.</summary>
    public TransportRead Result =>
        _hasEnded ? _end : TransportRead.Message(_type, _isCompressed ? inflater!.Message : _window.Message);

    /// <summary>The payload of the ping, until the next step.</summary>
    public ReadOnlyMemory<byte> PingPayload { get; private set; }

    /// <summary>Where to put received bytes; never empty.</summary>
    /// <param name="arrived">How many there are, if that is known: room for all of them saves answering them one by one.</param>
    public Memory<byte> GetMemory(int arrived = 0) =>
        _window.GetMemory(_inMessage, _inFrame ? _frame.PayloadLength - _frameRead : 0, arrived);

    /// <summary>Call this after you have put bytes there.</summary>
    public void Received(int count) => _window.Received(count);

    /// <summary>
    /// Returns the memory that the next step does not need: the buffer while idle, and always the inflated message.
    /// </summary>
    /// <remarks>Otherwise a peer could make the server hold megabytes, with half a frame after a large message.</remarks>
    public void Park()
    {
        if (IsIdle)
            _window.Park();

        inflater?.Park();
    }

    /// <summary>Keeps the memory of the last message beyond the next step, until the result is disposed.</summary>
    public IDisposable DetachPayload() => _isCompressed ? inflater!.Detach() : _window.Detach();

    /// <summary>
    /// After a violation: looks for the close frame in the bytes that were received since, and returns the buffers.
    /// </summary>
    public CloseSearch SearchClose()
    {
        var search = new CloseSearch(_inFrame ? _frame.PayloadLength - _frameRead : 0, inflater is not null, IsCutOff);
        if (_frame.Opcode == FrameOpcode.Close)
            search.Found();

        search.Read(_window.Unread);
        _window.Park();
        inflater?.Park();
        return search;
    }

    public void Dispose()
    {
        _window.Dispose();
        inflater?.Dispose();
    }

    /// <summary>Continues to read the received bytes.</summary>
    public FrameReaderStep Next()
    {
        var step = FrameReaderStep.Skipped;
        while (step == FrameReaderStep.Skipped)
            step = _inFrame ? ReadPayload() : ReadHeader();

        return step;
    }

    private bool IsPlainText => _type == WebSocketMessageType.Text && !_isCompressed;

    private FrameReaderStep ReadHeader() =>
        FrameParser.Parse(_window.Unread, out _frame, out var fault, inflater is not null) switch
        {
            OperationStatus.NeedMoreData => FrameReaderStep.Starved,
            OperationStatus.InvalidData => End(TransportRead.ProtocolError(fault!)),
            _ => _frame.IsControl ? ReadControl() : BeginFrame(),
        };

    private FrameReaderStep ReadControl()
    {
        var length = (int)_frame.PayloadLength;
        if (_window.Unread.Length < _frame.Size + length)
            return FrameReaderStep.Starved;

        _window.Take(_frame.Size);
        var payload = _window.Take(length);
        FrameMask.Apply(payload.Span, _frame.Mask);
        switch (_frame.Opcode)
        {
            case FrameOpcode.Ping:
                PingPayload = payload;
                return FrameReaderStep.Ping;
            case FrameOpcode.Close:
                return End(CloseFrame.Parse(payload.Span));
            default:
                return FrameReaderStep.Skipped;
        }
    }

    private FrameReaderStep BeginFrame()
    {
        if (_inMessage != (_frame.Opcode == FrameOpcode.Continuation))
        {
            return End(TransportRead.ProtocolError(
                _inMessage ? "A message begins inside another." : "A continuation continues nothing."));
        }

        if (!_inMessage)
            _budget = new(_frame.IsCompressed ? inflater!.LargestCompressed : maxMessageSize);

        if (!_budget.TryAdd(_frame.PayloadLength))
        {
            IsCutOff = true;
            return End(TransportRead.TooLarge());
        }

        _window.Take(_frame.Size);
        if (!_inMessage)
        {
            _type = _frame.Opcode == FrameOpcode.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            _isCompressed = _frame.IsCompressed;
            _utf8.Reset();
            _window.BeginMessage();
        }

        _inMessage = _inFrame = true;
        _frameRead = 0;
        return FrameReaderStep.Skipped;
    }

    private FrameReaderStep ReadPayload()
    {
        var count = (int)Math.Min(_window.Unread.Length, _frame.PayloadLength - _frameRead);
        var part = _window.TakeIntoMessage(count);
        FrameMask.Apply(part, _frame.Mask, _frameRead);
        _frameRead += count;
        if (IsPlainText && !_utf8.Append(part))
            return NotUtf8();

        if (_frameRead < _frame.PayloadLength)
            return FrameReaderStep.Starved;

        _inFrame = false;
        return _frame.IsFinal ? EndMessage() : FrameReaderStep.Skipped;
    }

    private FrameReaderStep EndMessage()
    {
        if (IsPlainText && !_utf8.IsComplete)
            return NotUtf8();

        _inMessage = false;
        _window.EndMessage();
        return _isCompressed ? Inflate() : FrameReaderStep.Message;
    }

    private FrameReaderStep Inflate() => inflater!.Inflate(_window.Message) switch
    {
        OperationStatus.InvalidData => End(TransportRead.InvalidPayload("The compressed data is malformed.")),
        OperationStatus.DestinationTooSmall => End(TransportRead.TooLarge()),
        _ => _type == WebSocketMessageType.Text && !Utf8.IsValid(inflater.Message.Span) ? NotUtf8() : FrameReaderStep.Message,
    };

    private FrameReaderStep NotUtf8() => End(TransportRead.InvalidPayload("The text is not UTF-8."));

    private FrameReaderStep End(in TransportRead end)
    {
        _end = end;
        _hasEnded = true;
        return FrameReaderStep.End;
    }
}

/// <summary>The result of <see cref="FrameReader.Next"/>.</summary>
internal enum FrameReaderStep
{
    /// <summary>Something was read that callers need not know; they never see this value.</summary>
    Skipped,

    /// <summary>More bytes are needed.</summary>
    Starved,

    /// <summary>A ping to answer: <see cref="FrameReader.PingPayload"/>.</summary>
    Ping,

    /// <summary>A whole message: <see cref="FrameReader.Result"/>.</summary>
    Message,

    /// <summary>A close frame or a violation: <see cref="FrameReader.Result"/>. Nothing can be read after it.</summary>
    End,
}
