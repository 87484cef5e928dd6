using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class MessageFixTests
{
    private const string Types = """
        using System.Text.Json.Serialization;

        public abstract record Event;
        public sealed record Said(string Text) : Event;
        public sealed record Left(string Text) : Event;

        [JsonSerializable(typeof(Event))]
        [JsonSerializable(typeof(Said))]
        internal sealed partial class Json : JsonSerializerContext;

        """;

    [Theory]
    [InlineData("\"/a\"", "\"/a\", Sends = typeof(Event)")]
    [InlineData("\"/a\", Sends = typeof(Said), MaxStreams = 1", "\"/a\", Sends = typeof(Event), MaxStreams = 1")]
    public Task What_is_sent_becomes_what_all_replies_are(string before, string after) => Mended<SetSendsFix>.Gives(Replying(before), Replying(after));

    [Fact]
    public Task Replies_that_have_nothing_in_common_are_left_alone() => Mended<SetSendsFix>.Leaves("""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnOpen]
            byte[] Greet() => [];

            [OnMessage]
            string Hear(string message) => message;
        }
        """);

    [Fact]
    public Task Replies_that_the_union_is_to_list_are_left_alone() => Mended<SetSendsFix>.Leaves(
        Replying("\"/a\", Sends = typeof(Event)").Replace("public abstract record Event", "[JsonDerivedType(typeof(Said), \"said\")]\npublic abstract record Event", StringComparison.Ordinal));

    [Fact]
    public Task The_nearest_of_two_unions_is_named() => Mended<NameReceivesFix>.Gives(Received("\"/a\""), Received("\"/a\", Receives = typeof(IFirst)"));

    [Fact]
    public Task The_union_is_named_for_a_handler_of_a_type_between_it_and_the_types_that_it_lists() =>
        Mended<NameReceivesFix>.Gives(Between("\"/a\""), Between("\"/a\", Receives = typeof(Command)"));

    [Fact]
    public Task Messages_that_have_nothing_in_common_are_left_alone() => Mended<NameReceivesFix>.Leaves("""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) { }

            [OnMessage]
            void HearNumbers(List<int> message) { }
        }
        """);

    [Fact]
    public Task Missing_handlers_are_added_in_the_order_of_the_union() => Mended<AddHandlersFix>.Gives(
        Union("[OnMessage]\n    ValueTask Hear(Second message) => default;"),
        Union("""
            [OnMessage]
                ValueTask HandleFirst(First message) => throw new NotImplementedException();

                [OnMessage]
                ValueTask Hear(Second message) => default;

                [OnMessage]
                ValueTask HandleThird(Third message) => throw new NotImplementedException();
            """),
        rename: "HandleFirst");

    [Theory]
    [InlineData("", "void Hear(Second message) { }", "void")]
    [InlineData("", "Task Hear(Second message) => Task.CompletedTask;", "Task")]
    [InlineData("Reply", "Said Hear(Second message) => new();", "Reply")]
    [InlineData("Reply", "async ValueTask<Said> Hear(Second message)\n    {\n        await Task.Yield();\n        return new();\n    }", "ValueTask<Reply>")]
    [InlineData("Reply", "IAsyncEnumerable<Reply> Hear(Second message) => throw new NotImplementedException();", "IAsyncEnumerable<Reply>")]
    [InlineData("Reply", "void Hear(Second message) { }", "void")]
    [InlineData("Reply", "Said? Hear(Second message) => null;\n\n    [OnMessage]\n    ValueTask<Left> Hear2(Second2 message) => new(new Left());", "Reply")]
    public Task A_missing_handler_returns_what_the_others_may(string sends, string handler, string returned) => Mended<AddHandlersFix>.Gives(
        Replying(sends, $"[OnMessage]\n    {handler}"),
        Replying(sends, $"[OnMessage]\n    {returned} HandleFirst(First message) => throw new NotImplementedException();\n\n    [OnMessage]\n    {handler}"),
        rename: "HandleFirst");

    [Fact]
    public Task A_missing_handler_of_a_request_with_an_id_replies_nothing_that_has_none() => Mended<AddHandlersFix>.Gives(
        Replying("Reply", "[OnMessage]\n    Said Hear(Second message) => new();").Replace("record First", "record First([property: CorrelationId] int Id)", StringComparison.Ordinal),
        Replying("Reply", "[OnMessage]\n    void HandleFirst(First message) => throw new NotImplementedException();\n\n    [OnMessage]\n    Said Hear(Second message) => new();")
            .Replace("record First", "record First([property: CorrelationId] int Id)", StringComparison.Ordinal),
        rename: "HandleFirst");

    private static string Replying(string sends, string handlers) => $$"""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(First), "first")]
        [JsonDerivedType(typeof(Second), "second")]
        [JsonDerivedType(typeof(Second2), "second2")]
        public abstract record Message;
        public sealed record First : Message;
        public record Second : Message;
        public sealed record Second2 : Second;

        [JsonDerivedType(typeof(Said), "said")]
        [JsonDerivedType(typeof(Left), "left")]
        public abstract record Reply;
        public sealed record Said : Reply;
        public sealed record Left : Reply;

        [JsonSerializable(typeof(Message))]
        [JsonSerializable(typeof(Reply))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Receives = typeof(Message){{(sends.Length > 0 ? $", Sends = typeof({sends})" : "")}})]
        public sealed partial class A
        {
            {{handlers}}
        }
        """;

    [Fact]
    public Task A_handler_that_comes_first_stands_apart_from_what_precedes_it() => Mended<AddHandlersFix>.Gives(
        Union("private static int count;\n\n    [OnMessage]\n    void Hear(Second message) => count++;\n\n    [OnMessage]\n    void See(Third message) => count--;"),
        Union("private static int count;\n\n    [OnMessage]\n    void HandleFirst(First message) => throw new NotImplementedException();\n\n    [OnMessage]\n    void Hear(Second message) => count++;\n\n    [OnMessage]\n    void See(Third message) => count--;"),
        rename: "HandleFirst");

    [Theory]
    [InlineData("public sealed record Answer(string Text);", "public sealed record Answer(string Text)\n{\n    [CorrelationId]\n    public string Id { get; init; } = \"\";\n}")]
    [InlineData("public sealed record Answer(string Id, string Text = \"\");", "public sealed record Answer([property: CorrelationId] string Id, string Text = \"\");")]
    [InlineData("public sealed class Answer(string text)\n{\n    public string Text => text;\n}", "public sealed class Answer(string text)\n{\n    public string Text => text;\n\n    [CorrelationId]\n    public string Id { get; set; } = \"\";\n}")]
    public Task A_reply_gets_the_id_of_what_it_answers(string before, string after) => Mended<AddCorrelationIdFix>.Gives(Answering(before), Answering(after));

    [Theory]
    [InlineData("[property: CorrelationId] DateTime Id")]
    [InlineData("[property: CorrelationId] string Id, [property: CorrelationId] string Other")]
    public Task A_message_whose_own_id_is_wrong_is_left_alone(string ids) => Mended<AddCorrelationIdFix>.Leaves(
        Answering("public sealed record Answer(object Text);").Replace("[property: CorrelationId] string Id", ids, StringComparison.Ordinal));

    private static string Answering(string answer) => $$"""
        using System.Text.Json.Serialization;

        public sealed record Question([property: CorrelationId] string Id);

        {{answer}}

        [JsonSerializable(typeof(Question))]
        [JsonSerializable(typeof(Answer))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            Answer Ask(Question question) => new(question.Id);
        }
        """;

    private static string Union(string handlers) => $$"""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(First), "first")]
        [JsonDerivedType(typeof(Second), "second")]
        [JsonDerivedType(typeof(Third), "third")]
        public abstract record Message;
        public sealed record First : Message;
        public sealed record Second : Message;
        public sealed record Third : Message;

        [JsonSerializable(typeof(Message))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a", Receives = typeof(Message))]
        public sealed partial class A
        {
            {{handlers}}
        }
        """;

    private static string Replying(string arguments) => $$"""
        {{Types}}
        [WebSocketController({{arguments}})]
        public sealed partial class A
        {
            [OnOpen]
            Said Greet() => new("");

            [OnMessage]
            Left Hear(string message) => new(message);
        }
        """;

    private static string Between(string arguments) => $$"""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Say), "say")]
        [JsonDerivedType(typeof(Wave), "wave")]
        public abstract record Command;

        public abstract record Loud : Command;

        public sealed record Say(string Text) : Loud;

        public sealed record Wave : Command;

        [JsonSerializable(typeof(Command))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController({{arguments}})]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(Loud message) => Console.WriteLine(message);

            [OnMessage]
            void See(Wave message) => Console.WriteLine(message);
        }
        """;

    private static string Received(string arguments) => $$"""
        using System.Text.Json.Serialization;

        [JsonDerivedType(typeof(Say), "say")]
        public interface IFirst;

        [JsonDerivedType(typeof(Say), "say")]
        public interface ISecond;

        public sealed record Say(string Text) : IFirst, ISecond;

        [JsonSerializable(typeof(IFirst))]
        [JsonSerializable(typeof(Say))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController({{arguments}})]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(Say message) => Console.WriteLine(message);
        }
        """;
}
