using Krait.Transport;

namespace Krait.Rooms;

/// <summary>
/// Several entries of a room's log, copied together once, so that each member takes them as one piece. Immutable.
/// </summary>
internal sealed class RoomBatch
{
    private const int LargestBatch = 16 * 1024;

    private readonly RoomCodec _codec;
    private readonly bool _mayCompress;

    private RoomBatch(RoomCodec codec, RoomEntry last, byte[] frames, bool mayCompress)
    {
        _codec = codec;
        Last = last;
        Frames = new(frames);
        _mayCompress = mayCompress;
    }

    /// <summary>The last entry of the batch.</summary>
    public RoomEntry Last { get; }

    public SharedFrames Frames { get; }

    /// <summary>Finds or makes the batch that follows the last entry of a member.</summary>
    /// <param name="member">The member, for which at least two entries are new. Its output's lock keeps them.</param>
    /// <param name="compresses">Whether its connection compresses messages, each on its own.</param>
    /// <returns>The batch; null if the member must take its entries one by one.</returns>
    public static RoomBatch? For(Member member, bool compresses)
    {
        var before = member.LastTaken!;
        if (before.Next!.IsHistory)
            return null;

        var codec = member.Outlet.Codec;
        var batch = before.Batch ??= TryMake(before, codec);
        return batch is null || !batch._codec.IsLike(codec) || (compresses && batch._mayCompress) ? null : batch;
    }

    private static RoomBatch? TryMake(RoomEntry before, RoomCodec codec)
    {
        var last = before;
        var length = 0;
        var mayCompress = false;
        while (last.Next is { IsForAll: true } entry)
        {
            var segment = entry.Message.For(codec);
            if (length + segment.Length > LargestBatch)
                break;

            mayCompress |= segment.MayCompress;
            (last, length) = (entry, length + segment.Length);
        }

        return last == before || last == before.Next ? null : new(codec, last, Copy(before, last, length, codec), mayCompress);
    }

    private static byte[] Copy(RoomEntry before, RoomEntry last, int length, RoomCodec codec)
    {
        var frames = new byte[length];
        var rest = frames.AsSpan();
        while (before != last)
        {
            before = before.Next!;
            var frame = before.Message.For(codec).Shared!.Frame;
            frame.CopyTo(rest);
            rest = rest[frame.Length..];
        }

        return frames;
    }
}
