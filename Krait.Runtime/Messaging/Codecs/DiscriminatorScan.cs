using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Krait.Messaging;

/// <summary>Finds the case of a union that a JSON object has, before it is deserialized. Immutable and thread-safe.</summary>
/// <remarks>
/// Reads only up to the discriminator, which may be anywhere in the object, and allocates no strings. The deserializer reads
/// the rest, and reports a second discriminator.
/// </remarks>
internal sealed class DiscriminatorScan
{
    private const int MaxShownLength = 64;

    private readonly byte[] _property;
    private readonly byte[] _opening;
    private readonly string _propertyName;
    private readonly DiscriminatorTable _cases;
    private readonly JsonReaderOptions _reading;
    private readonly Type? _unnamed;
    private readonly Type? _unknown;

    /// <param name="union">The base type of the messages.</param>
    /// <param name="metadata">The metadata of the cases of <paramref name="union"/>.</param>
    /// <param name="options">The options for reading its JSON.</param>
    public DiscriminatorScan(Type union, JsonPolymorphismOptions metadata, JsonSerializerOptions options)
    {
        _propertyName = metadata.TypeDiscriminatorPropertyName;
        _property = Encoding.UTF8.GetBytes(_propertyName);
        var encodedName = JsonEncodedText.Encode(_propertyName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        _opening = [.. "{\""u8, .. encodedName.EncodedUtf8Bytes, .. "\":\""u8];
        _cases = new(metadata.DerivedTypes);
        _reading = new()
        {
            AllowTrailingCommas = options.AllowTrailingCommas,
            CommentHandling = options.ReadCommentHandling,
            MaxDepth = options.MaxDepth,
        };
        var mayBeUnnamed = !union.IsAbstract
            && metadata.DerivedTypes.Any(derived => derived.DerivedType == union && derived.TypeDiscriminator is null);
        _unnamed = mayBeUnnamed ? union : null;
        _unknown = !union.IsAbstract && metadata.IgnoreUnrecognizedTypeDiscriminators ? union : null;
    }

    /// <summary>Returns the type of the object by its discriminator.</summary>
    /// <param name="json">The object.</param>
    /// <param name="isFirst">Whether the discriminator is its first property.</param>
    /// <exception cref="InvalidMessageException">
    /// UnknownType: it has no discriminator, or an unknown one; Malformed: it is not such an object.
    /// </exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public Type Find(ReadOnlySpan<byte> json, out bool isFirst)
    {
        // Serializers write the discriminator first and without spaces, so it can be found without a reader.
        if (json.StartsWith(_opening) && _cases.TryFindQuoted(json[_opening.Length..], out var type))
        {
            isFirst = true;
            return type;
        }

        try
        {
            var reader = new Utf8JsonReader(json, _reading);
            reader.Read();
            return reader.TokenType == JsonTokenType.StartObject
                ? FindIn(ref reader, out isFirst)
                : throw JsonProblems.Malformed("it is not an object");
        }
        catch (InvalidOperationException e)
        {
            // Only the reader can throw this here, for half a surrogate pair.
            throw JsonProblems.Malformed("a name in it is not Unicode text", e);
        }
    }

    private Type FindIn(ref Utf8JsonReader reader, out bool isFirst)
    {
        isFirst = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals(_property);
            reader.Read();
            if (found)
                return Named(in reader);

            reader.Skip();
            isFirst = false;
        }

        isFirst = false;
        return _unnamed ?? throw Unknown($"The message does not say its type: it has no '{_propertyName}'.");
    }

    private Type Named(ref readonly Utf8JsonReader discriminator)
    {
        if (discriminator.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            throw JsonProblems.Malformed($"its '{_propertyName}' is neither text nor a number");

        return _cases.TryFind(in discriminator, out var type)
            ? type
            : _unknown ?? throw Unknown($"The message has the unknown type '{Shown(discriminator.ValueSpan)}'.");
    }

    private static InvalidMessageException Unknown(string sentence) => new(InvalidMessageKind.UnknownType, sentence);

    /// <summary>The name as it is in the JSON, with its escapes; cut without splitting a surrogate pair.</summary>
    private static string Shown(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaxShownLength];
        Utf8.ToUtf16(name, text, out _, out var written);
        return JsonProblems.Shown(text[..written]);
    }
}
