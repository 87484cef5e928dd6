using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Krait.Rooms;

/// <summary>
/// A heartbeat: it shows that a server is alive, and names the messages that it has sent to rooms since the last heartbeat.
/// </summary>
/// <remarks>
/// <code>
///   'P'  version  server  number  ( length  channel  publisher  counter )*
///    1      1        8       8        2     length       8         8
/// </code>
/// </remarks>
/// <param name="Server">A random number of the server.</param>
/// <param name="Number">Counts the heartbeats of the server.</param>
/// <param name="Claims">The messages that it has sent.</param>
internal readonly record struct BackplaneBeat(ulong Server, ulong Number, IReadOnlyList<PublishedClaim> Claims)
{
    private const byte Magic = (byte)'P';
    private const byte Version = 1;
    private const int HeaderSize = 18;
    private const int ClaimSize = 18;

    public byte[] Write()
    {
        var writer = new ArrayBufferWriter<byte>(256);
        var header = writer.GetSpan(HeaderSize);
        header[0] = Magic;
        header[1] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(header[2..], Server);
        BinaryPrimitives.WriteUInt64LittleEndian(header[10..], Number);
        writer.Advance(HeaderSize);
        foreach (var (channel, publisher, counter) in Claims)
        {
            var length = Encoding.UTF8.GetByteCount(channel);
            var claim = writer.GetSpan(ClaimSize + length);
            BinaryPrimitives.WriteUInt16LittleEndian(claim, checked((ushort)length));
            Encoding.UTF8.GetBytes(channel, claim[2..]);
            BinaryPrimitives.WriteUInt64LittleEndian(claim[(2 + length)..], publisher);
            BinaryPrimitives.WriteUInt64LittleEndian(claim[(10 + length)..], counter);
            writer.Advance(ClaimSize + length);
        }

        return writer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a heartbeat. False if it has another version, or comes from another program.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BackplaneBeat beat)
    {
        beat = default;
        if (bytes.Length < HeaderSize || bytes[0] != Magic || bytes[1] != Version)
            return false;

        var claims = new List<PublishedClaim>();
        for (var rest = bytes[HeaderSize..]; !rest.IsEmpty;)
        {
            var length = rest.Length < ClaimSize ? int.MaxValue - ClaimSize : BinaryPrimitives.ReadUInt16LittleEndian(rest);
            if (rest.Length < ClaimSize + length)
                return false;

            claims.Add(new(
                Encoding.UTF8.GetString(rest.Slice(2, length)),
                BinaryPrimitives.ReadUInt64LittleEndian(rest[(2 + length)..]),
                BinaryPrimitives.ReadUInt64LittleEndian(rest[(10 + length)..])));
            rest = rest[(ClaimSize + length)..];
        }

        beat = new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[2..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[10..]), claims);
        return true;
    }
}

/// <summary>A server says that it has sent messages to a room, up to a counter.</summary>
internal readonly record struct PublishedClaim(string Channel, ulong Publisher, ulong Counter);
