using System.Text.Json;
using System.Text.Json.Serialization;
using Krait;

namespace Krait_Namespace;

/// <summary>A client asks.</summary>
public sealed record ThingRequest(string Text);

/// <summary>The server answers.</summary>
public sealed record ThingReply(string Text);

/// <summary>One connection.</summary>
[WebSocketController("/route-of-it")]
public sealed partial class ThingController
{
    [OnMessage]
    private ThingReply Answer(ThingRequest request) => new($"You said {request.Text}.");
}

/// <summary>The JSON of the messages, generated at compile time.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ThingRequest))]
[JsonSerializable(typeof(ThingReply))]
internal sealed partial class ThingJson : JsonSerializerContext;
