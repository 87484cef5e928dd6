using System.ComponentModel;
using System.Globalization;
using Krait.Upgrading;

namespace Krait.CompilerServices;

/// <summary>A value of the request on its way into a parameter. What is missing or does not parse refuses the request with 400.</summary>
/// <remarks>Values are parsed with the invariant culture. A value that is there but empty is not missing.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BoundValue
{
    private readonly BindingSource _source;
    private readonly string _name;
    private readonly string? _text;
    private readonly Exception? _fault;

    /// <param name="source">Where the value comes from.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="text">The value, null if it is missing.</param>
    /// <param name="fault">Why no request can ever bring it, if that is so.</param>
    internal BoundValue(BindingSource source, string name, string? text, Exception? fault = null)
    {
        _source = source;
        _name = name;
        _text = text;
        _fault = fault;
    }

    /// <summary>The text, which must be there.</summary>
    public string Text() => Required<string>();

    /// <summary>The text, or null if it is missing.</summary>
    public string? TextOrNull() => _text;

    /// <summary>The text, or a default if it is missing.</summary>
    public string Text(string defaultValue) => _text ?? defaultValue;

    /// <summary>The parsed value, which must be there.</summary>
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

    private string Required<T>() => _text ?? throw _fault ?? BindingProblems.Missing(_source, _name, typeof(T));

    private T Parsed<T>(string text)
        where T : IParsable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw BindingProblems.Invalid(_source, _name, typeof(T), text);
}
