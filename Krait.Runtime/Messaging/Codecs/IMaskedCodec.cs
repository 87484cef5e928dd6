using Krait.Telemetry.Traffic;

namespace Krait.Messaging;

/// <summary>A codec that knows which values of its messages the log must not show.</summary>
internal interface IMaskedCodec
{
    /// <summary>Hides these values.</summary>
    PayloadMask Mask { get; }
}
