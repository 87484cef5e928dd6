using System.Text.Json.Serialization;

namespace Krait.Runtime.Tests.EndToEnd;

/// <summary>Text and binary come back, compressed where the client offers it.</summary>
[WebSocketController("/deflate/echo", Compression = true, MaxMessageSize = 100_000)]
internal sealed partial class DeflateEchoController(Journal journal)
{
    [OnMessage]
    private static RawMessage Echo(RawMessage message) => message;

    [OnClose]
    private void Closed(CloseInfo why) => journal.Note(why);
}

/// <summary>Sends news, among them secrets.</summary>
[WebSocketController("/deflate/news", Compression = true, Sends = typeof(News))]
internal sealed partial class NewsController
{
    public static readonly string Text = new('x', 200);

    [OnMessage]
    private static News Tell(string what) => what == "secret" ? new Secret(Text) : new Headline(Text);
}

[JsonDerivedType(typeof(Headline), "headline"), JsonDerivedType(typeof(Secret), "secret")]
internal abstract record News;

internal sealed record Headline(string Text) : News;

[Uncompressed]
internal sealed record Secret(string Text) : News;

[JsonSerializable(typeof(News))]
internal sealed partial class NewsJson : JsonSerializerContext;
