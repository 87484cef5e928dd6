using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Krait.Transport;

/// <summary>Validates UTF-8 that arrives in parts, which may split a character anywhere (RFC 6455, section 8.1).</summary>
/// <remarks>Mutable: keep it in a field. A part is refused at the first byte that no continuation could make valid.</remarks>
internal struct Utf8Validator
{
    private const int LongestCharacter = 4;

    private SplitCharacter _split;
    private int _splitLength;

    /// <summary>Whether the parts end where a character ends.</summary>
    public readonly bool IsComplete => _splitLength == 0;

    /// <summary>Validates the next part; false if the text can no longer become valid.</summary>
    public bool Append(ReadOnlySpan<byte> part)
    {
        while (_splitLength > 0)
        {
            if (part.IsEmpty)
                return true;

            _split[_splitLength++] = part[0];
            part = part[1..];
            var status = Rune.DecodeFromUtf8(_split[.._splitLength], out _, out _);
            if (status == OperationStatus.InvalidData)
                return false;

            if (status == OperationStatus.Done)
                _splitLength = 0;
        }

        var whole = part[..^TailLength(part)];
        return Utf8.IsValid(whole) && KeepTail(part[whole.Length..]);
    }

    /// <summary>Starts a new text.</summary>
    public void Reset() => _splitLength = 0;

    /// <summary>How many bytes at the end belong to a character that ends, if at all, in a later part.</summary>
    private static int TailLength(ReadOnlySpan<byte> part)
    {
        for (var length = 1; length < LongestCharacter && length <= part.Length; length++)
        {
            var lead = part[^length];
            if (lead < 0x80)
                return 0;

            if (lead >= 0xC0)
                return length < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? length : 0;
        }

        return 0;
    }

    private bool KeepTail(ReadOnlySpan<byte> tail)
    {
        if (tail.IsEmpty)
            return true;

        tail.CopyTo(_split);
        _splitLength = tail.Length;
        return Rune.DecodeFromUtf8(tail, out _, out _) == OperationStatus.NeedMoreData;
    }

    [InlineArray(LongestCharacter)]
    private struct SplitCharacter
    {
        private byte _first;
    }
}
