namespace Krait.Upgrading;

/// <summary>The slots that one request has taken. Only the first disposal gives them back.</summary>
internal sealed class ConnectionSlot(ConnectionSlots slots, ConnectionSlots.Place[] places) : IDisposable
{
    private ConnectionSlots.Place[]? _places = places;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _places, null) is { } places)
            slots.Return(places);
    }
}
