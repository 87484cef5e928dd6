using System.Text.Json.Serialization;
using Krait.CompilerServices;
using Krait.Controllers;
using Krait.Runtime.Tests.Hosting;
using Krait.Runtime.Tests.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Krait.Runtime.Tests.Properties;

/// <summary>A controller whose client sends bytes and then ends its side: all that a connection is, but for a server.</summary>
internal static class SessionOfBytes
{
    private static readonly CollectedLogs Logs = new();
    private static readonly SessionFactory<BytesController, BytesCommand, string> Sessions = Start<BytesController>();

    /// <summary>Serves them, and holds that the connection ends once, and that nothing of it is an error of the server's.</summary>
    public static async Task ServeAsync(Pieces pieces)
    {
        var connection = new InMemoryConnection(Limits.Wide with { MaxMessageSize = 1000 });
        var controller = new BytesController();
        var running = Sessions.Create(new(connection.Transport, new(new DefaultHttpContext()), null, controller, null, new(Sessions.Settings.Scopes), [])).RunAsync();
        foreach (var part in pieces.Parts.TakeWhile(_ => !connection.Aborted.IsCompleted))
            await connection.SendAsync(part);

        connection.Finish();
        await running;

        Assert.Equal(1, controller.Closes);
        Assert.DoesNotContain(Logs.Entries, static entry => entry.Level >= LogLevel.Error);
    }

    private static SessionFactory<TSelf, BytesCommand, string> Start<TSelf>()
        where TSelf : class, IWebSocketController<TSelf>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddKrait();
        return new((ControllerDescriptor<TSelf, BytesCommand, string>)TSelf.Descriptor, builder.Build().Services);
    }
}

/// <summary>Takes a union in JSON and binary beside it; sometimes later, sometimes not at all.</summary>
[WebSocketController("/bytes")]
internal sealed partial class BytesController
{
    public int Closes { get; private set; }

    [OnMessage]
    private static string Hear(Say say) => say.Text;

    [OnMessage]
    private static async Task<string?> Think(Ponder ponder)
    {
        await Task.Yield();
        return ponder.Times > 0 ? "I see" : null;
    }

    [OnMessage]
    private static string Weigh(ReadOnlyMemory<byte> bytes) => $"{bytes.Length}";

    [OnError]
    private static string Object(InvalidMessageException invalid) => invalid.Message;

    [OnClose]
    private void Leave(CloseInfo why) => Closes++;
}

[JsonDerivedType(typeof(Say), "say"), JsonDerivedType(typeof(Ponder), "ponder")]
internal abstract record BytesCommand;

internal sealed record Say(string Text) : BytesCommand;

internal sealed record Ponder(int Times) : BytesCommand;

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(BytesCommand))]
internal sealed partial class BytesJson : JsonSerializerContext;
