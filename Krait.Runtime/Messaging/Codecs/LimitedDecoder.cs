using Krait.CompilerServices;

namespace Krait.Messaging;

/// <summary>
/// Applies the limits of types to another decoder: before decoding if all types have the same limit, else when the type
/// is known.
/// </summary>
internal sealed class LimitedDecoder<T>(IMessageDecoder<T> decoder, ReadOnlySpan<MessageLimit> limits) : IMessageDecoder<T>
{
    private readonly MessageLimit[] _limits = limits.ToArray();
    private readonly int? _general = limits is [var only] && only.Type == typeof(T) ? only.MaxMessageSize : null;

    public T Decode(in ReceivedMessage message)
    {
        if (_general is { } limit)
            MessageLimits.Demand(limit, message.Memory.Length);

        var decoded = decoder.Decode(message);
        if (_general is null && decoded is not null)
            MessageLimits.Demand(MessageLimits.Of(decoded.GetType(), _limits), message.Memory.Length);

        return decoded;
    }
}
