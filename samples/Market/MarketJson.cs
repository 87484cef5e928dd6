using System.Text.Json;
using System.Text.Json.Serialization;

namespace Market;

/// <summary>How the messages look as JSON, written at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(MarketCommand))]
[JsonSerializable(typeof(MarketEvent))]
internal sealed partial class MarketJson : JsonSerializerContext;
