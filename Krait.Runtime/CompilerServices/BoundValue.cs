using System.ComponentModel;
using Krait.Upgrading;
using Microsoft.Extensions.Primitives;

namespace Krait.CompilerServices;

/// <summary>
/// A value of the request for a parameter. If the value is missing or does not parse, Krait refuses the request with 400.
/// </summary>
/// <remarks>Krait parses values with the invariant culture. An empty value is not a missing value.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BoundValue
{
    private readonly BindingSource _source;
    private readonly string _name;
    private readonly string? _text;
    private readonly StringValues _all;
    private readonly Exception? _fault;

    /// <param name="source">Where the value comes from.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="text">The value, null if it is missing.</param>
    /// <param name="all">All values of that name, as they came.</param>
    /// <param name="fault">The mistake of the application if no request can contain the value; else null.</param>
    internal BoundValue(BindingSource source, string name, string? text, StringValues all = default, Exception? fault = null)
    {
        _source = source;
        _name = name;
        _text = text;
        _all = all;
        _fault = fault;
    }

    /// <summary>The text, which must not be missing.</summary>
    public string Text() => Required<string>();

    /// <summary>The text, or null if it is missing.</summary>
    public string? TextOrNull() => _text;

    /// <summary>The text, or a default if it is missing.</summary>
    public string Text(string defaultValue) => _text ?? defaultValue;

    /// <summary>The parsed value, which must not be missing.</summary>
    public T Parse<T>()
        where T : IParsable<T> => Parsed<T>(Required<T>());

    /// <summary>The parsed value, or a default if it is missing.</summary>
    public T Parse<T>(T defaultValue)
        where T : IParsable<T> => _text is null ? defaultValue : Parsed<T>(_text);

    /// <summary>The parsed value of a value type, or null if it is missing.</summary>
    public T? ParseNullable<T>()
        where T : struct, IParsable<T> => _text is null ? null : Parsed<T>(_text);

    /// <summary>The parsed value of a class, or null if it is missing.</summary>
    public T? ParseOrNull<T>()
        where T : class, IParsable<T> => _text is null ? null : Parsed<T>(_text);

    /// <summary>
    /// The value of an enum, which must not be missing: names in any case, with commas between them if it is [Flags]; no numbers.
    /// </summary>
    public T Enum<T>()
        where T : struct, Enum => Enumerated<T>(Required<T>());

    /// <summary>The value of an enum, or a default if it is missing.</summary>
    public T Enum<T>(T defaultValue)
        where T : struct, Enum => _text is null ? defaultValue : Enumerated<T>(_text);

    /// <summary>The value, or null if it is missing.</summary>
    public BoundValue? IfPresent => _text is null ? null : this;

    /// <summary>All values of that name, as they came; none if they are missing.</summary>
    public StringValues Values() => _all;

    /// <summary>
    /// All values of that name; none if they are missing. For headers, the elements of the list (RFC 9110, section 5.6.1).
    /// </summary>
    public string[] Texts() =>
        _source == BindingSource.Header
            ? [.. HeaderList.Elements(_all)]
            : Array.ConvertAll(_all.ToArray(), static text => text ?? "");

    /// <summary>All values of that name, parsed.</summary>
    public T[] ParseAll<T>()
        where T : IParsable<T> => Array.ConvertAll(Texts(), Parsed<T>);

    /// <summary>All values of that name, as values of an enum.</summary>
    public T[] Enums<T>()
        where T : struct, Enum => Array.ConvertAll(Texts(), Enumerated<T>);

    private string Required<T>() => _text ?? throw _fault ?? BindingProblems.Missing(_source, _name, typeof(T));

    private T Parsed<T>(string text)
        where T : IParsable<T> =>
        ValueParser.TryParse<T>(text, out var value) ? value : throw BindingProblems.Invalid(_source, _name, typeof(T), text);

    private T Enumerated<T>(string text)
        where T : struct, Enum =>
        ValueParser.TryParseEnum<T>(text, out var value) ? value : throw BindingProblems.Invalid(_source, _name, typeof(T), text);
}
