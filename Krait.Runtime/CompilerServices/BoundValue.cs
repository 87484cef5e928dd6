using System.ComponentModel;

namespace Krait.CompilerServices;

/// <summary>A value of the request on its way into a parameter. What is missing or does not parse refuses the request with 400.</summary>
/// <remarks>Values are parsed with the invariant culture.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BoundValue
{
    /// <summary>The text, which must be there.</summary>
    public string Text() => throw new NotImplementedException();

    /// <summary>The text, or null if it is missing.</summary>
    public string? TextOrNull() => throw new NotImplementedException();

    /// <summary>The text, or a default if it is missing.</summary>
    public string Text(string defaultValue) => throw new NotImplementedException();

    /// <summary>The parsed value, which must be there.</summary>
    public T Parse<T>()
        where T : IParsable<T> => throw new NotImplementedException();

    /// <summary>The parsed value, or a default if it is missing.</summary>
    public T Parse<T>(T defaultValue)
        where T : IParsable<T> => throw new NotImplementedException();

    /// <summary>The parsed value of a value type, or null if it is missing.</summary>
    public T? ParseNullable<T>()
        where T : struct, IParsable<T> => throw new NotImplementedException();

    /// <summary>The parsed value of a class, or null if it is missing.</summary>
    public T? ParseOrNull<T>()
        where T : class, IParsable<T> => throw new NotImplementedException();
}
