using System.Text.Json;
using System.Text.Json.Serialization;
using Market.Meters;

namespace Market;

/// <summary>How the messages look as JSON, written at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MarketCommand))]
[JsonSerializable(typeof(MarketEvent))]
[JsonSerializable(typeof(MeterSnapshot))]
internal sealed partial class MarketJson : JsonSerializerContext;
