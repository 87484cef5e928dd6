using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

/// <summary>The results of a reader, in words.</summary>
internal static class FrameReaderProbe
{
    private const int Limit = 1000;

    /// <summary>Reads the parts, one after the other, to the end.</summary>
    public static List<string> Read(params IEnumerable<byte[]> parts) => Read(null, parts);

    /// <summary>Reads them where permessage-deflate was agreed on.</summary>
    public static List<string> ReadCompressed(params IEnumerable<byte[]> parts) => Read(new MessageInflater(new(), Limit), parts);

    private static List<string> Read(MessageInflater? inflater, IEnumerable<byte[]> parts)
    {
        using var reader = new FrameReader(Limit, inflater);
        var told = new List<string>();
        foreach (var part in parts)
        {
            Feed(reader, part);
            for (var step = reader.Next(); step != FrameReaderStep.Starved; step = reader.Next())
            {
                told.Add(Tell(reader, step));
                if (step == FrameReaderStep.End)
                    return told;
            }

            reader.Park();
        }

        return told;
    }

    public static void Feed(FrameReader reader, byte[] bytes)
    {
        while (bytes.Length > 0)
        {
            var memory = reader.GetMemory();
            var count = Math.Min(memory.Length, bytes.Length);
            bytes.AsSpan(0, count).CopyTo(memory.Span);
            reader.Received(count);
            bytes = bytes[count..];
        }
    }

    private static string Tell(FrameReader reader, FrameReaderStep step) => step switch
    {
        FrameReaderStep.Ping => $"Ping {Convert.ToHexString(reader.PingPayload.Span)}",
        FrameReaderStep.Message => $"{reader.Result.Type} {Convert.ToHexString(reader.Result.Payload.Span)}",
        _ => $"{reader.Result.Kind} {(int)reader.Result.Status} {reader.Result.Reason}",
    };
}
