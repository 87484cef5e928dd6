using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>The picture of the README shows a real message and a real fix. docs/pictures/make.sh draws what is verified here.</summary>
public sealed class PictureTests
{
    private const string Controller = """
        using Krait;

        public sealed record Say(string Text);
        public sealed record Said(string Room, string Text);

        [WebSocketController("/rooms/{room}", Protocols = "chat.v1")]
        public sealed partial class RoomController(string room)
        {
            [OnOpen] Said Welcome() => new(room, "Welcome!");
            [OnMessage] Said Hear(Say message) => new(room, message.Text);
        }

        """;

    private const string Messages = """
        using System.Text.Json;
        using System.Text.Json.Serialization;

        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
        [JsonSerializable(typeof(Say))]
        internal sealed partial class Messages : JsonSerializerContext;

        """;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // quotes stay readable
    };

    [Fact]
    public async Task The_mistake_in_the_picture_has_the_message_and_the_fix_that_it_shows()
    {
        var complaints = await KraitAnalyzers.Analyze(GeneratorRun.Of(Controller, Messages).Output);
        var fix = new CodeFixTest<AddJsonSerializableFix>(Controller, Messages);
        var title = await fix.Title();
        await fix.Fix();

        var mistake = new
        {
            Name = "RoomController.cs",
            Code = Controller,
            Errors = complaints.Select(complaint => new
            {
                complaint.Id,
                Severity = complaint.Severity.ToString(),
                Message = complaint.GetMessage(CultureInfo.InvariantCulture),
                Line = complaint.Location.GetLineSpan().StartLinePosition.Line,
                Start = complaint.Location.GetLineSpan().StartLinePosition.Character,
                complaint.Location.SourceSpan.Length,
            }),
            Fix = new { Title = title, Name = "Messages.cs", Before = Messages, After = await fix.Source(1) },
        };
        Snapshot.VerifyFile(JsonSerializer.Serialize(mistake, s_json) + "\n", Path.Combine(TestProject.Repository, "docs", "pictures", "mistake.json"));
        Assert.Empty(await fix.Complaints());
    }
}
