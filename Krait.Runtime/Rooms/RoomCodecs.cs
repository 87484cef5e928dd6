namespace Krait.Rooms;

/// <summary>The codecs of the members of one room. Guarded by the room's lock, except <see cref="All"/>.</summary>
internal sealed class RoomCodecs
{
    private readonly List<int> _users = []; // how many members use each
    private volatile RoomCodec[] _all = [];

    /// <summary>Each codec once. The array is replaced when one comes or goes, and never changes. Any thread.</summary>
    public RoomCodec[] All => _all;

    /// <summary>Call this when a member with this codec joins.</summary>
    /// <returns>An equal codec that other members use already, or this one.</returns>
    public RoomCodec Add(RoomCodec codec)
    {
        var index = IndexOf(codec);
        if (index >= 0)
        {
            _users[index]++;
            return _all[index];
        }

        _users.Add(1);
        _all = [.. _all, codec];
        return codec;
    }

    /// <summary>Call this when a member with this codec leaves.</summary>
    public void Remove(RoomCodec codec)
    {
        var index = IndexOf(codec);
        if (--_users[index] > 0)
            return;

        _users.RemoveAt(index);
        _all = [.. _all[..index], .. _all[(index + 1)..]];
    }

    private int IndexOf(RoomCodec codec)
    {
        var index = _all.Length - 1;
        while (index >= 0 && !_all[index].IsLike(codec))
            index--;

        return index;
    }
}
