using System.IO.Compression;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Inflates the messages of a server one after the other.</summary>
/// <param name="keepsContext">Whether a message may refer to those before it.</param>
internal sealed class DeflatedHistory(bool keepsContext)
{
    private readonly MemoryStream _compressed = new();
    private readonly byte[] _some = new byte[4096];
    private DeflateStream? _inflating;

    public byte[] Inflate(byte[] payload)
    {
        if (!keepsContext)
            return Deflated.Read(payload);

        _inflating ??= new(_compressed, CompressionMode.Decompress);
        _compressed.SetLength(0);
        _compressed.Write([.. payload, 0, 0, 0xFF, 0xFF]);
        _compressed.Position = 0;
        var message = new List<byte>();
        int count;
        while ((count = _inflating.Read(_some)) > 0)
            message.AddRange(_some.AsSpan(0, count));

        return [.. message];
    }
}
