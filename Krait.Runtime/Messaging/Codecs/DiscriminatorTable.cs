using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Krait.Messaging;

/// <summary>
/// The discriminators of a union, looked up in UTF-8. Equally fast for few and for many; immutable and thread-safe.
/// </summary>
internal sealed class DiscriminatorTable
{
    private readonly Dictionary<byte[], Type>.AlternateLookup<ReadOnlySpan<byte>> _named;
    private readonly Dictionary<int, Type> _numbered = [];
    private readonly int _longest;

    /// <param name="cases">The cases; those without a discriminator are left out.</param>
    public DiscriminatorTable(IEnumerable<JsonDerivedType> cases)
    {
        var named = new Dictionary<byte[], Type>(new Utf8Comparer());
        foreach (var derived in cases)
        {
            if (derived.TypeDiscriminator is string name)
                named.Add(Encoding.UTF8.GetBytes(name), derived.DerivedType);
            else if (derived.TypeDiscriminator is int number)
                _numbered.Add(number, derived.DerivedType);
        }

        _named = named.GetAlternateLookup<ReadOnlySpan<byte>>();
        _longest = named.Keys.Max(static name => (int?)name.Length) ?? 0;
    }

    /// <summary>Finds the case of a string or number; compares in place, however long the value is.</summary>
    public bool TryFind(ref readonly Utf8JsonReader discriminator, [NotNullWhen(true)] out Type? type)
    {
        if (discriminator.TokenType == JsonTokenType.Number)
            return TryFindNumber(in discriminator, out type);
        if (discriminator.ValueIsEscaped)
            return TryFindEscaped(in discriminator, out type);

        type = null;
        return discriminator.ValueSpan.Length <= _longest && _named.TryGetValue(discriminator.ValueSpan, out type);
    }

    /// <summary>
    /// Finds the case of a string at the start of <paramref name="json"/>, behind its opening quote, and has no
    /// escapes.
    /// </summary>
    public bool TryFindQuoted(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Type? type)
    {
        var end = json[..Math.Min(json.Length, _longest + 1)].IndexOfAny((byte)'"', (byte)'\\');
        type = null;
        return end >= 0 && json[end] == '"' && _named.TryGetValue(json[..end], out type);
    }

    private bool TryFindNumber(ref readonly Utf8JsonReader discriminator, [NotNullWhen(true)] out Type? type)
    {
        type = null;
        return discriminator.TryGetInt32(out var number) && _numbered.TryGetValue(number, out type);
    }

    private bool TryFindEscaped(ref readonly Utf8JsonReader discriminator, [NotNullWhen(true)] out Type? type)
    {
        foreach (var (name, named) in _named.Dictionary)
        {
            if (discriminator.ValueTextEquals(name))
            {
                type = named;
                return true;
            }
        }

        type = null;
        return false;
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] name) => GetHashCode(name.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        // Only the server's own names are stored, so that no client can make them collide.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = alternate.Length;
            foreach (var unit in alternate)
                hash = (hash * 31) + unit;

            return hash;
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
