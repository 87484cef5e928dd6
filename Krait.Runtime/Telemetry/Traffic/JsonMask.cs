using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Krait.Telemetry.Traffic;

/// <summary>Copies the beginning of JSON without the values of some members. Immutable and thread-safe.</summary>
/// <remarks>
/// A member is hidden in whatever object it is. Names compare without case, because the serializer may read them so.
/// </remarks>
internal sealed class JsonMask(IEnumerable<string> members)
{
    private const string Mask = "***";

    private static readonly JsonReaderOptions Reading = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 1000,
    };

    private static readonly JsonWriterOptions Writing = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a log is not HTML
        SkipValidation = true, // the copy may end anywhere
    };

    private readonly HashSet<string> _members = new(members, StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies at least a number of characters, or all; false if the JSON cannot be read that far.</summary>
    public bool TryMask(ReadOnlySpan<byte> json, int characters, out string masked)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, Writing);
        var reader = new Utf8JsonReader(json, Reading);
        try
        {
            while (writer.BytesCommitted + writer.BytesPending <= 4 * characters && reader.Read())
                Copy(ref reader, writer, 4 * characters);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            masked = "";
            return false;
        }

        writer.Flush();
        masked = Encoding.UTF8.GetString(output.WrittenSpan);
        return true;
    }

    private void Copy(ref Utf8JsonReader reader, Utf8JsonWriter writer, int mostBytes)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.PropertyName:
                CopyName(ref reader, writer);
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(TextOf(ref reader, mostBytes));
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    // The copy of a long text would take several times its memory. The character that is split at its end is cut off later.
    private static string TextOf(ref Utf8JsonReader reader, int mostBytes) =>
        reader.ValueIsEscaped || reader.ValueSpan.Length <= mostBytes
            ? reader.GetString()!
            : Encoding.UTF8.GetString(reader.ValueSpan[..mostBytes]);

    private void CopyName(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        var name = reader.GetString()!;
        writer.WritePropertyName(name);
        if (!_members.Contains(name))
            return;

        reader.Read();
        reader.Skip();
        writer.WriteStringValue(Mask);
    }
}
