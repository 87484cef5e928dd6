using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of unions: KRAIT045, KRAIT046, KRAIT072, KRAIT073, KRAIT076, and KRAIT077 on message types.</summary>
internal static class UnionSentences
{
    private const string Listed = "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType(typeof(Wave), \"wave\")]\npublic abstract record Command;\npublic sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;";
    private const string Taker = "[OnMessage] void Take(Command command) { }";

    public static IReadOnlyList<Sentence> All { get; } =
    [
        new(DiagnosticIds.UnhandledMessage,
            "'A' has no handler for 'Wave', so Krait refuses such messages; add an [OnMessage] handler for each, or one for 'Command'",
            Source(Listed, "Receives = typeof(Command)", "[OnMessage] void Hear(Say say) { }").Replace("class A", "class [|A|]", StringComparison.Ordinal)),
        Of(DiagnosticIds.ForeignMessage,
            "'See' takes 'Wave', but the controller receives 'Command', which does not list 'Wave'; add a [JsonDerivedType] for it",
            "[JsonDerivedType(typeof(Say), \"say\")]\npublic abstract record Command;\npublic sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;",
            "Receives = typeof(Command)", "[OnMessage] void Hear(Say say) { }\n    [OnMessage] void See([|Wave|] wave) { }"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'Wave', but the controller sends 'Command', which does not list 'Wave'; add a [JsonDerivedType] for it",
            "[JsonDerivedType(typeof(Say), \"say\")]\npublic abstract record Command;\npublic sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;",
            "Sends = typeof(Command)", "[OnMessage] [|ValueTask<Wave>|] Hear(string message) => new(new Wave());"),
        Of(DiagnosticIds.UnsendableReply,
            "'Hear' replies with 'Say', but the controller sends 'ICommand' or 'ILogged'; set Sends to one of them",
            "[JsonDerivedType(typeof(Say), \"say\")]\npublic interface ICommand;\n[JsonDerivedType(typeof(Say), \"say\")]\npublic interface ILogged;\npublic sealed record Say(string Text) : ICommand, ILogged;\npublic sealed record Command;",
            "", "[OnMessage] [|Say|] Hear(string message) => new(message);", "Say"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'Say', and 'ICommand' and 'ILogged' could both be the union; set Receives to one of them",
            "[JsonDerivedType(typeof(Say), \"say\")]\npublic interface ICommand;\n[JsonDerivedType(typeof(Say), \"say\")]\npublic interface ILogged;\npublic sealed record Say(string Text) : ICommand, ILogged;\npublic sealed record Command;",
            "", "[OnMessage] void Hear([|Say|] say) { }", "Say"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'Say', 'Wave', but 'Command' does not list them; add [JsonDerivedType] for each, or set Receives to 'Command' and add a [MessageCodec] that decodes it",
            "public abstract record Command;\npublic sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;",
            "", "[OnMessage] void Hear(Say say) { }\n    [OnMessage] void See([|Wave|] wave) { }", "Say"),
        Of(DiagnosticIds.UnrelatedMessages,
            "The handlers of 'A' take 'Loud', 'Wave', and 'Command' does not list 'Loud'; set Receives to 'Command', so that a handler can take a type between it and the types that it lists",
            "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType(typeof(Wave), \"wave\")]\npublic abstract record Command;\npublic abstract record Loud : Command;\npublic sealed record Say(string Text) : Loud;\npublic sealed record Wave : Command;",
            "", "[OnMessage] void Hear(Loud loud) { }\n    [OnMessage] void See([|Wave|] wave) { }"),
        Of(DiagnosticIds.UnfitUnion,
            "'Command' cannot be a union of JSON messages: it lists no derived types; add [JsonDerivedType] for each, or a [MessageCodec] that decodes it",
            "public abstract record Command;", "", "[OnMessage] void Take([|Command|] command) { }"),
        Unfit("'Say' already has the discriminator 'say'; give 'Wave' another one", "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType(typeof(Wave), [|\"say\"|])]"),
        Unfit("'Say' is listed twice; remove one", "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType([|typeof(Say)|], \"wave\")]"),
        Unfit("'Wave' has no discriminator, so Krait cannot recognize its messages; add one after the type", "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType([|typeof(Wave)|])]"),
        Unfit("'string' does not derive from it; change that, or remove [JsonDerivedType]", "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType([|typeof(string)|], \"text\")]"),
        Unfit("'Half' is abstract, so no message can have that type; list its derived types instead", "[JsonDerivedType(typeof(Say), \"say\"), JsonDerivedType([|typeof(Half)|], \"half\")]"),
        Unfit("the property 'Text' of 'Say' has the name of the discriminator; rename one of them", "[JsonPolymorphic(TypeDiscriminatorPropertyName = \"Text\"), JsonDerivedType([|typeof(Say)|], \"say\")]"),
        Of(DiagnosticIds.UnfitUnion,
            "'Command' cannot be a union of JSON messages: no type can derive from it; remove [JsonDerivedType]",
            "[JsonDerivedType([|typeof(Command)|], \"command\")]\npublic sealed record Command;", "", Taker),
        Of(DiagnosticIds.LimitOutOfRange, "The RateLimit of 'Command' is 0; use 1 to 1,000,000", "[RateLimit([|0|])]\npublic sealed record Command;", "", Taker),
        Of(DiagnosticIds.LimitOutOfRange, "The MaxMessageSize of 'Command' is 0; make it positive", "[MaxMessageSize([|0|])]\npublic sealed record Command;", "", Taker),
    ];

    private static Sentence Unfit(string reason, string attributes) => Of(
        DiagnosticIds.UnfitUnion,
        $"'Command' cannot be a union of JSON messages: {reason}",
        attributes + "\npublic abstract record Command;\npublic sealed record Say(string Text) : Command;\npublic sealed record Wave : Command;\npublic abstract record Half : Command;",
        "",
        Taker);

    private static Sentence Of(string id, string text, string types, string arguments, string members, string listed = "Command") => new(id, text, Source(types, arguments, members, listed));

    private static string Source(string types, string arguments, string members, string listed = "Command") => $$"""
        using System.Text.Json.Serialization;

        {{types}}

        [JsonSerializable(typeof({{listed}}))]
        internal sealed partial class Json : JsonSerializerContext;

        [WebSocketController("/a"{{(arguments.Length > 0 ? ", " : "")}}{{arguments}})]
        public sealed partial class A
        {
            {{members}}
        }
        """;
}
