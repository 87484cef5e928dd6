using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Krait.Upgrading;

/// <summary>
/// Writes problem details (RFC 9457) by hand: <c>Results.Problem</c> needs reflection or services that an application may not
/// have.
/// </summary>
internal static class ProblemResponse
{
    /// <summary>Answers a request whose response has not started.</summary>
    public static async Task WriteAsync(HttpContext context, UpgradeRefusal refusal)
    {
        var body = Body(refusal);
        var response = context.Response;
        response.StatusCode = refusal.StatusCode;
        foreach (var (name, value) in refusal.Headers)
            response.Headers[name] = value;

        response.ContentType = "application/problem+json";
        response.ContentLength = body.WrittenCount;
        response.BodyWriter.Write(body.WrittenSpan);
        await response.BodyWriter.FlushAsync().ConfigureAwait(false);
    }

    private static ArrayBufferWriter<byte> Body(UpgradeRefusal refusal)
    {
        var body = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(body);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, Title(refusal.StatusCode));
        json.WriteNumber("status"u8, refusal.StatusCode);
        if (refusal.Detail is not null)
            json.WriteString("detail"u8, refusal.Detail);

        json.WriteEndObject();
        return body;
    }

    private static string Title(int statusCode) =>
        ReasonPhrases.GetReasonPhrase(statusCode) is { Length: > 0 } phrase ? phrase : "Refused";
}
