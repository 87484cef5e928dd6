using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Krait.Upgrading;

/// <summary>The server's limits on requests, which make no sense for a long-lived connection.</summary>
internal static class RequestLimits
{
    /// <summary>
    /// Lifts the request's timeout, its size limit, and the data rates that Kestrel demands: keep-alive and send timeout take
    /// their place.
    /// </summary>
    /// <remarks>On HTTP/2, the response's data rate is that of the whole connection, so it is not lifted.</remarks>
    public static void Lift(IFeatureCollection features)
    {
        features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;

        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
            requestRate.MinDataRate = null;

        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
            responseRate.MinDataRate = null;
    }
}
