using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Krait.CompilerServices;
using Krait.Telemetry.Traffic;

namespace Krait.Messaging;

/// <summary>JSON in text frames, by compile-time metadata only.</summary>
/// <remarks>
/// A client can cause only an <see cref="InvalidMessageException"/>. System.Text.Json wraps the exceptions of its readers in
/// <see cref="JsonException"/>; converters and constructors report invalid values with it or <see cref="FormatException"/>.
/// Any other exception of theirs is a fault of the server, and is not caught.
/// </remarks>
internal sealed class JsonCodec<T> : IMessageCodec<T>, IDiscriminatingDecoder, IMaskedCodec
{
    private readonly JsonTypeInfo<T> _reading;
    private readonly JsonTypeInfo<T>? _readingInOrder;
    private readonly JsonTypeInfo<T> _writing;
    private readonly JsonWriterOptions _writerOptions;
    private readonly UnionGate? _union;
    private readonly bool _holdsUnions;
    private readonly int _maxMessageSize = int.MaxValue;
    private Utf8JsonWriter? _idleWriter;
    private PayloadMask? _mask; // made when the traffic is logged

    public JsonCodec(JsonSerializerContext context, ReadOnlySpan<MessageLimit> limits)
    {
        _writing = Find(context.Options, context);
        _reading = Find(StrictCopy(context, inAnyOrder: true), context);
        if (_reading.PolymorphismOptions is { } union)
        {
            _union = new(typeof(T), union, _reading.Options, limits);
            _readingInOrder = Find(StrictCopy(context, inAnyOrder: false), context);
            _holdsUnions = InnerUnions.AreIn(_reading);
        }
        else
        {
            _maxMessageSize = MessageLimits.Of(typeof(T), limits);
        }

        _writerOptions = new()
        {
            Encoder = context.Options.Encoder,
            Indented = context.Options.WriteIndented,
            IndentCharacter = context.Options.IndentCharacter,
            IndentSize = context.Options.IndentSize,
            NewLine = context.Options.NewLine,
            MaxDepth = context.Options.MaxDepth,
            // the serializer writes valid JSON; a custom converter that does not is its author's fault in either mode
            SkipValidation = true,
        };
    }

    public PayloadMask Mask => Volatile.Read(ref _mask) ?? (_mask = SensitiveMembers.MaskOf(_writing));

    public T Decode(in ReceivedMessage message)
    {
        FrameTypes.Demand(WebSocketMessageType.Text, message);
        var json = message.Memory.Span;
        MessageLimits.Demand(_maxMessageSize, json.Length);
        try
        {
            if (_union?.Check(json) is not true)
                return Read(json, _reading);
            if (!_holdsUnions)
                return Read(json, _readingInOrder!);

            return TryReadInOrder(json, out var read) ? read : Read(json, _reading);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw JsonProblems.Malformed(e);
        }
    }

    public Type? TypeOf(in ReceivedMessage message)
    {
        if (message.Type != WebSocketMessageType.Text)
            return null;

        return _union is null ? typeof(T) : _union.TypeOf(message.Memory.Span);
    }

    public WebSocketMessageType Encode(T message, IBufferWriter<byte> output)
    {
        var writer = Interlocked.Exchange(ref _idleWriter, null) ?? new Utf8JsonWriter(output, _writerOptions);
        writer.Reset(output);
        JsonSerializer.Serialize(writer, message, _writing);
        writer.Flush();
        writer.Reset(); // so that it does not keep the connection's buffer
        Volatile.Write(ref _idleWriter, writer);
        return WebSocketMessageType.Text;
    }

    private static T Read(ReadOnlySpan<byte> json, JsonTypeInfo<T> metadata) =>
        JsonSerializer.Deserialize(json, metadata) ?? throw JsonProblems.Malformed("it is null");

    // If the discriminator comes first, the serializer need not search the object for it. A failure here is not final: a
    // union inside may have its discriminator later, and the error must not depend on the way of reading.
    private bool TryReadInOrder(ReadOnlySpan<byte> json, [NotNullWhen(true)] out T? read)
    {
        try
        {
            read = JsonSerializer.Deserialize(json, _readingInOrder!);
            return read is not null;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            read = default;
            return false;
        }
    }

    private static JsonSerializerOptions StrictCopy(JsonSerializerContext context, bool inAnyOrder) => new(context.Options)
    {
        AllowOutOfOrderMetadataProperties = inAnyOrder,
        AllowDuplicateProperties = false,
        TypeInfoResolver = (context.Options.TypeInfoResolver ?? context).WithAddedModifier(BlameMissingDiscriminatorOnClient),
    };

    // A union further inside lacks its discriminator: the serializer's exception would say that such JSON is not supported.
    private static void BlameMissingDiscriminatorOnClient(JsonTypeInfo info)
    {
        if (info is { Kind: JsonTypeInfoKind.Object, Type.IsAbstract: true, PolymorphismOptions: not null })
            info.CreateObject = static () => throw new JsonException("A discriminator is missing.");
    }

    private static JsonTypeInfo<T> Find(JsonSerializerOptions options, JsonSerializerContext context)
    {
        options.TypeInfoResolver ??= context;
        options.MakeReadOnly();
        return options.TryGetTypeInfo(typeof(T), out var info)
            ? (JsonTypeInfo<T>)info
            : throw new InvalidOperationException(
                $"{context.GetType().Name} has no metadata of {typeof(T)}: "
                + $"add [JsonSerializable(typeof({typeof(T).Name}))] to it.");
    }
}
