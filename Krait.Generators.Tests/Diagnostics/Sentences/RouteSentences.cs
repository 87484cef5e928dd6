using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of routes and subprotocols: KRAIT020 to KRAIT024.</summary>
internal static class RouteSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Pattern("/a/[|{room|]", "at position 3: no '}' closes this '{'"),
        Pattern("/a[|}|]", "at position 2: no '{' opens this '}'"),
        Pattern("/a/[|{}|]", "at position 3: the parameter has no name"),
        Pattern("/a/[|/|]b", "at position 3: '/' cannot follow '/'"),
        Pattern("/{a}/[|{A}|]", "at position 5: the parameter 'A' is there twice"),
        Pattern("/[|{*a}|]/b", "at position 1: a catch-all parameter can only be the last segment"),
        Pattern("/b[|{*a}|]", "at position 2: a catch-all parameter must be a segment of its own"),
        Pattern("/[|{*a?}|]", "at position 1: a catch-all parameter cannot be optional; it already matches nothing"),
        Pattern("/[|{a=1?}|]", "at position 1: an optional parameter cannot have a default value"),
        Pattern("/{a}[|{b}|]", "at position 4: a literal must stand between two parameters of a segment"),
        Pattern("/[|{a?}|]b", "at position 1: an optional parameter must end its segment"),
        Pattern("/b-[|{a?}|]", "at position 3: only a period can stand between it and what precedes an optional parameter"),
        Pattern("/a[|?|]b=1", "at position 2: '?' can only end a parameter"),
        Pattern("[|~|]a", "at position 0: it cannot start with '~' unless '/' follows"),
        Pattern("/[|{b/c}|]", "at position 1: 'b/c' is no parameter name"),
        Pattern("/{a[|{|]b}", "at position 3: inside a parameter, braces are doubled"),
        new(DiagnosticIds.MalformedPattern, "The route pattern '' is malformed at position 0: it is null; write a path such as \"/chat\"",
            "[WebSocketController([|null!|])]\npublic sealed partial class A(string room)\n{\n    [OnMessage] string Echo(string message) => message + room;\n}"),
        new(DiagnosticIds.SamePattern, "'A' and 'B' both answer '/{a}', and the router cannot choose between them; give one of them another pattern",
            "[WebSocketController([|\"/{a}\"|])]\npublic sealed partial class A(string a)\n{\n    [OnMessage] string Echo(string message) => message + a;\n}\n\n#pragma warning disable KRAIT021\n[WebSocketController(\"/{b}\")]\npublic sealed partial class B(string b)\n{\n    [OnMessage] string Echo(string message) => message + b;\n}"),
        Protocols("a, [|b c|]", "'b c' is no subprotocol: letters, digits and !#$%&'*+-.^_`|~ are all that RFC 6455 allows in it; replace the others, and put commas between names"),
        Protocols("a[|,|], b", "'' is no subprotocol: between commas there is a name; remove one comma"),
        Sentence.OfArguments(DiagnosticIds.RepeatedProtocol, "The subprotocol 'b' is named twice; remove one", "\"/a\", Protocols = \"b, c, [|b|]\""),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'rom' is not in the pattern '/{room}'; add {rom} to it, unless a route group does",
            "\"/{room}\"", "[Microsoft.AspNetCore.Mvc.FromRoute(Name = [|\"rom\"|])] string real, string room", "real + room"),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'rom' is not in the pattern '/{room}'; add {rom} to it, unless a route group does",
            "\"/{room}\"", "[Microsoft.AspNetCore.Mvc.FromRoute] string [|rom|], string room", "rom + room"),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'floor' is bound nowhere; take a parameter 'floor' in the constructor, [OnUpgrade] or [OnOpen]",
            "\"/{room}/[|{floor:int}|]\"", "string room", "room"),
    ];

    private static Sentence Pattern(string pattern, string text) => Sentence.OfArguments(
        DiagnosticIds.MalformedPattern, $"The route pattern '{MarkedSource.Parse(pattern).Text}' is malformed {text}", $"\"{pattern}\"");

    private static Sentence Protocols(string protocols, string text) => Sentence.OfArguments(DiagnosticIds.MalformedProtocol, text, $"\"/a\", Protocols = \"{protocols}\"");

    private static Sentence Class(string id, string text, string pattern, string parameters, string read) =>
        new(id, text, $"[WebSocketController({pattern})]\npublic sealed partial class A({parameters})\n{{\n    [OnMessage] string Echo(string message) => message + {read};\n}}");
}
