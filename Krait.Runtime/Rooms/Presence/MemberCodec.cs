using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Krait.Rooms;

/// <summary>Encodes members for other servers. Thread-safe.</summary>
internal sealed class MemberCodec<TMember>
    where TMember : class
{
    private readonly JsonTypeInfo<TMember> _metadata;

    /// <summary>Takes the metadata from a context.</summary>
    /// <exception cref="InvalidOperationException">The context has none.</exception>
    public MemberCodec(JsonSerializerContext context) =>
        _metadata = context.GetTypeInfo(typeof(TMember)) as JsonTypeInfo<TMember> ?? throw new InvalidOperationException(
            $"{context.GetType()} has no metadata of '{typeof(TMember)}'; "
            + $"add [JsonSerializable(typeof({typeof(TMember).Name}))].");

    public byte[] Encode(TMember member) => JsonSerializer.SerializeToUtf8Bytes(member, _metadata);

    /// <summary>Decodes a member; null if another version of the application has encoded it differently.</summary>
    /// <remarks>Constructors, properties and converters of the application may throw anything.</remarks>
    public TMember? Decode(ReadOnlySpan<byte> encoded)
    {
        try
        {
            return JsonSerializer.Deserialize(encoded, _metadata);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
