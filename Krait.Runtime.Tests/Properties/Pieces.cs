using CsCheck;
using Krait.Runtime.Tests.Conformance;

namespace Krait.Runtime.Tests.Properties;

/// <summary>Bytes and a way to split them, as networks do.</summary>
internal sealed record Pieces(byte[] Whole, IReadOnlyList<int> Sizes)
{
    private static readonly Gen<int[]> AnySizes = Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 40], Gen.Int[1, 2000]).Array[1, 10];

    private static readonly Gen<(int Place, byte Bits)[]> Faults = Gen.Select(Gen.Int[0, 5000], Gen.Byte).Array[0, 4];

    /// <summary>A conversation, damaged here and there or not at all; or bytes of no meaning.</summary>
    public static Gen<Pieces> Any { get; } = Gen.Select(
        Gen.OneOf(Gen.Byte.Array[0, 200], Gen.Select(Conversation.Any, Faults, Damaged), Gen.Select(Conversation.Any, Faults, Damaged)), AnySizes, static (bytes, sizes) => new Pieces(bytes, sizes));

    /// <summary>A conversation of a client that compresses, damaged here and there or not at all.</summary>
    public static Gen<Pieces> Compressed { get; } = Gen.Select(
        Gen.Select(Conversation.Any, Faults, static (conversation, faults) => Damaged(CompressedFrames.Of(conversation.Bytes), faults)), AnySizes, static (bytes, sizes) => new Pieces(bytes, sizes));

    /// <summary>The parts, whose sizes repeat.</summary>
    public IEnumerable<byte[]> Parts
    {
        get
        {
            for (var (i, start) = (0, 0); start < Whole.Length; i++)
            {
                var end = Math.Min(Whole.Length, start + Sizes[i % Sizes.Count]);
                yield return Whole[start..end];
                start = end;
            }
        }
    }

    public static Gen<(Conversation Conversation, Pieces Pieces)> OfConversations { get; } =
        Gen.Select(Conversation.Any, AnySizes, static (conversation, sizes) => (conversation, new Pieces(conversation.Bytes, sizes)));

    public override string ToString() => $"{Convert.ToHexString(Whole)} in pieces of {string.Join(", ", Sizes)}";

    private static byte[] Damaged(Conversation conversation, (int Place, byte Bits)[] faults) => Damaged(conversation.Bytes, faults);

    private static byte[] Damaged(byte[] bytes, (int Place, byte Bits)[] faults)
    {
        foreach (var (place, bits) in faults)
        {
            if (bytes.Length > 0)
                bytes[place % bytes.Length] ^= bits;
        }

        return bytes;
    }
}
