using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Krait.Messaging;

/// <summary>Says which case of a union a JSON object is, before any object is made of it. Immutable and thread-safe.</summary>
/// <remarks>
/// Reads no further than the discriminator, which may be anywhere in the object, and makes no string of what it reads. What
/// follows the discriminator is left to the deserializer, a second discriminator too.
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

    /// <param name="union">What messages derive from.</param>
    /// <param name="metadata">What <paramref name="union"/> says of its cases.</param>
    /// <param name="options">How its JSON is read.</param>
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

    /// <summary>Returns the type that the object says it is.</summary>
    /// <param name="json">The object.</param>
    /// <param name="isFirst">Whether it says so before anything else.</param>
    /// <exception cref="InvalidMessageException">
    /// UnknownType: it says none, or none of the union's; Malformed: it is not such an object.
    /// </exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public Type Find(ReadOnlySpan<byte> json, out bool isFirst)
    {
        // As serializers write it, without space and with the type in front, it takes no reader to see the type.
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
            // Nobody else's code runs here: the reader says so of half a surrogate pair.
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

    /// <summary>The name as it is written in the JSON, escapes and all; cut without splitting a surrogate pair.</summary>
    private static string Shown(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[MaxShownLength];
        Utf8.ToUtf16(name, text, out _, out var written);
        return JsonProblems.Shown(text[..written]);
    }
}
