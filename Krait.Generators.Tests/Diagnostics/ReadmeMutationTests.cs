using Krait.Generators.Tests.Documentation;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>The README's controller, got wrong in every way that a newcomer may get it wrong: an error of the compiler never stands in what Krait generates.</summary>
[Trait("Category", "Slow")]
public sealed class ReadmeMutationTests
{
    private static readonly string Source = Readme.Controller;

    private static readonly IReadOnlyList<(int Start, int Length, string Text)> Tokens =
    [
        .. from token in UserProject.Parse(Source, "Source.cs").GetRoot().DescendantTokens()
           where token.Span.Length > 0
           select (token.SpanStart, token.Span.Length, token.Text),
    ];

    /// <summary>The words from the controller on, every other one: each costs a compilation.</summary>
    private static IEnumerable<(int Start, int Length, string Text)> Some =>
        Tokens.Where((token, index) => index % 2 == 0 && token.Start > Source.IndexOf("[WebSocketController", StringComparison.Ordinal));

    [Theory]
    [InlineData("public sealed partial class", "public sealed class")]
    [InlineData("public sealed partial class", "public static partial class")]
    [InlineData("public sealed partial class", "public abstract partial class")]
    [InlineData("public sealed partial class", "file sealed partial class")]
    [InlineData("public sealed partial class", "private sealed partial class")]
    [InlineData("public sealed partial class", "public sealed partial record")]
    [InlineData("public sealed partial class", "public partial struct")]
    [InlineData("public sealed partial class", "public ref partial struct")]
    [InlineData("public sealed partial class", "public partial interface")]
    [InlineData("RoomController(string room)", "RoomController<T>(string room)")]
    [InlineData("RoomController(string room)", "Connection(string room)")]
    [InlineData("RoomController(string room)", "Say(string room)")]
    [InlineData("RoomController(string room)", "RoomController(string Stopping)")]
    [InlineData("RoomController(string room)", "RoomController(int[] room)")]
    [InlineData("RoomController(string room)", "RoomController(Missing room)")]
    [InlineData("RoomController(string room)", "RoomController([Microsoft.AspNetCore.Mvc.FromQuery] Missing[] room)")]
    [InlineData("RoomController(string room)", "RoomController([FromKeyedServices(1)] Missing room)")]
    [InlineData("RoomController(string room)", "RoomController(ref string room)")]
    [InlineData("RoomController(string room)", "RoomController(Span<char> room)")]
    [InlineData("RoomController(string room)", "RoomController(string room) : Missing")]
    [InlineData("RoomController(string room)", "RoomController(string room) : IWebSocketController<RoomController>")]
    [InlineData("Said Hear(", "void Hear(")]
    [InlineData("Said Hear(", "async void Hear(")]
    [InlineData("Said Hear(", "async Said Hear(")]
    [InlineData("Said Hear(", "Span<byte> Hear(")]
    [InlineData("Said Hear(", "Task<Missing> Hear(")]
    [InlineData("Said Hear(", "abstract Said Hear(")]
    [InlineData("Said Hear(", "ref Said Hear(")]
    [InlineData("Said Hear(", "Said Connection(")]
    [InlineData("Said Hear(", "Said TrySend(")]
    [InlineData("Said Hear(", "List<Said> Hear(")]
    [InlineData("Said Hear(", "dynamic Hear(")]
    [InlineData("Said Hear(", "(int, string) Hear(")]
    [InlineData("Hear(Say message)", "Hear<T>(T message)")]
    [InlineData("Hear(Say message)", "Hear()")]
    [InlineData("Hear(Say message)", "Hear(out Say message)")]
    [InlineData("Hear(Say message)", "Hear(params Say[] message)")]
    [InlineData("Hear(Say message)", "Hear(Say message, int count)")]
    [InlineData("Hear(Say message)", "Hear(System.IO.Stream message)")]
    [InlineData("Hear(Say message)", "Hear(JsonSerializer message)")]
    [InlineData("[OnMessage]", "[OnOpen]")]
    [InlineData("[OnMessage]", "[OnUpgrade]")]
    [InlineData("[OnMessage]", "[Run]")]
    [InlineData("[OnMessage]", "[OnMessage, OnError]")]
    [InlineData("[OnMessage]", "[OnMessage, OnMessage]")]
    [InlineData("\"/rooms/{room}\"", "null")]
    [InlineData("\"/rooms/{room}\"", "\"/rooms/{room\"")]
    [InlineData("\"/rooms/{room}\"", "")]
    [InlineData("\"/rooms/{room}\"", "Missing.Path")]
    [InlineData("\"chat.v1\"", "null")]
    [InlineData("\"chat.v1\"", "\"chat v1, \\\"\"")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", Delivery = MessageDelivery.Queue")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", Sends = typeof(void)")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", Receives = typeof(List<>)")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", JsonContext = typeof(string)")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", MaxMessageSize = -1")]
    [InlineData(", JsonSerializable(typeof(Said))", "")]
    [InlineData(": JsonSerializerContext", "")]
    [InlineData("partial class Messages", "class Messages")]
    [InlineData("\"chat.v1\"", "\"chat.v1\", JsonContext = typeof(Messages)")]
    [InlineData("using Krait;", "")]
    public void A_typical_mistake(string before, string after)
    {
        Assert.Contains(before, Source, StringComparison.Ordinal);
        Check(Source.Replace(before, after, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("class")]
    [InlineData("Missing")]
    public void Any_word_replaced(string word)
    {
        foreach (var token in Some)
            Check(Source.Remove(token.Start, token.Length).Insert(token.Start, word));
    }

    [Fact]
    public void Any_word_twice()
    {
        foreach (var token in Some)
            Check(Source.Insert(token.Start, token.Text + " "));
    }

    [Fact]
    public void The_end_missing_from_any_word_on()
    {
        foreach (var token in Some)
            Check(Source[..token.Start]);
    }

    /// <summary>What no generator can help, and why. Each is an error in the author's own file as well.</summary>
    [Theory]
    [InlineData("public class System;", "global::System is a class then, and there is no other way to name what is in the namespace")]
    public void What_cannot_be_mended(string addition, string reason)
    {
        var errors = Errors(Source + addition);
        Assert.True(errors[true].Any(), $"No longer so: {reason}");
        Assert.NotEmpty(errors[false]);
    }

    private static void Check(string source)
    {
        if (Errors(source)[true].FirstOrDefault() is { } error)
            Assert.Fail($"{error}\nin what was generated for\n{source}");
    }

    /// <summary>The compiler's errors: in Krait's files, and elsewhere.</summary>
    private static ILookup<bool, Diagnostic> Errors(string source)
    {
        var run = GeneratorRun.Of(source);
        var own = run.Krait.GeneratedSources.Select(generated => generated.SyntaxTree).ToHashSet();
        return run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .ToLookup(diagnostic => diagnostic.Location.SourceTree is { } tree && own.Contains(tree));
    }
}
