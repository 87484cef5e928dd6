using System.Text.Json;
using System.Text.Json.Serialization;

namespace Board;

/// <summary>How the messages look as JSON, written at compile time.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BoardCommand))]
[JsonSerializable(typeof(BoardEvent))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(Session))]
internal sealed partial class BoardJson : JsonSerializerContext;
