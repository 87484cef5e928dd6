using Krait;

namespace Market.Meters;

/// <summary>Sends the meters of the last minute at once, and then each second. The page has the same URL.</summary>
[WebSocketController("/meters")]
public sealed partial class MetersController(MeterHistory history)
{
    [Run]
    private IAsyncEnumerable<MeterSnapshot> WatchAsync(CancellationToken stopping) => history.WatchAsync(stopping);
}
