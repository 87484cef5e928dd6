using System.Buffers;

namespace Krait.Sockets.Tests.Connections;

/// <summary>A pool that fails the test if an array comes back twice or never was of this pool, and spoils what comes back.</summary>
internal sealed class StrictPool : ArrayPool<byte>
{
    public const byte Spoiled = 0xDD;

    private readonly HashSet<byte[]> _rented = new(ReferenceEqualityComparer.Instance);

    /// <summary>The arrays that have not come back.</summary>
    public IReadOnlySet<byte[]> Rented => _rented;

    public override byte[] Rent(int minimumLength)
    {
        var array = new byte[minimumLength];
        _rented.Add(array);
        return array;
    }

    public override void Return(byte[] array, bool clearArray = false)
    {
        Assert.True(_rented.Remove(array), "An array was returned twice.");
        array.AsSpan().Fill(Spoiled);
    }
}
