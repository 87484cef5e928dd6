using System.Text.Json;
using System.Text.Json.Serialization;

namespace Krait.App_1;

/// <summary>A client says something.</summary>
public sealed record Say(string Text);

/// <summary>Somebody in the room has said something.</summary>
public sealed record Said(string Name, string Text);

/// <summary>The JSON of all messages, generated at compile time. List every type of message here.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Say))]
[JsonSerializable(typeof(Said))]
internal sealed partial class MessagesJson : JsonSerializerContext;
