using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of routes and subprotocols: KRAIT020 to KRAIT024.</summary>
internal static class RouteSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Pattern("/a/[|{room|]", "at position 3: this '{' has no matching '}'; write '{{' for a literal brace"),
        Pattern("/a[|}|]", "at position 2: this '}' has no matching '{'; write '}}' for a literal brace"),
        Pattern("/a/[|{}|]", "at position 3: the parameter has no name; write one between the braces"),
        Pattern("/a/[|/|]b", "at position 3: it has two '/' in a row; remove one"),
        Pattern("/{a}/[|{A}|]", "at position 5: the parameter 'A' occurs twice; rename or remove one"),
        Pattern("/[|{*a}|]/b", "at position 1: a catch-all parameter must be the last segment; move it to the end"),
        Pattern("/b[|{*a}|]", "at position 2: a catch-all parameter must be a whole segment; put '/' before it"),
        Pattern("/[|{*a?}|]", "at position 1: a catch-all parameter cannot be optional, because it also matches an empty path; remove '?'"),
        Pattern("/[|{a=1?}|]", "at position 1: an optional parameter cannot have a default value; remove one of the two"),
        Pattern("/{a}[|{b}|]", "at position 4: two parameters of a segment need text between them"),
        Pattern("/[|{a?}|]b", "at position 1: an optional parameter must be at the end of its segment"),
        Pattern("/b-[|{a?}|]", "at position 3: only '/' or '.' can come before an optional parameter"),
        Pattern("/a[|?|]b=1", "at position 2: '?' is only allowed at the end of a parameter, as in {id?}"),
        Pattern("[|~|]a", "at position 0: '~' at the start must be followed by '/'"),
        Pattern("/[|{b/c}|]", "at position 1: 'b/c' is not a valid parameter name; remove / { } ? and * from it"),
        Pattern("/{a[|{|]b}", "at position 3: a brace inside a parameter must be doubled"),
        new(DiagnosticIds.MalformedPattern, "The route pattern '' is malformed at position 0: it is null; write a path such as \"/chat\"",
            "[WebSocketController([|null!|])]\npublic sealed partial class A(string room)\n{\n    [OnMessage] string Echo(string message) => message + room;\n}"),
        new(DiagnosticIds.SamePattern, "'A' and 'B' both match '/{a}', so the router cannot choose between them; change one of the patterns",
            "[WebSocketController([|\"/{a}\"|])]\npublic sealed partial class A(string a)\n{\n    [OnMessage] string Echo(string message) => message + a;\n}\n\n#pragma warning disable KRAIT021\n[WebSocketController(\"/{b}\")]\npublic sealed partial class B(string b)\n{\n    [OnMessage] string Echo(string message) => message + b;\n}"),
        Protocols("a, [|b c|]", "Protocols contains 'b c', which is not a valid name; use only letters, digits and !#$%&'*+-.^_`|~, and put commas between names"),
        Protocols("a[|,|], b", "Protocols contains an empty entry; remove the extra comma"),
        Sentence.OfArguments(DiagnosticIds.RepeatedProtocol, "Protocols contains 'b' twice; remove one of them", "\"/a\", Protocols = \"b, c, [|b|]\""),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'rom' is not in the pattern '/{room}'; add {rom} to it, unless a route group adds it",
            "\"/{room}\"", "[Microsoft.AspNetCore.Mvc.FromRoute(Name = [|\"rom\"|])] string real, string room", "real + room"),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'rom' is not in the pattern '/{room}'; add {rom} to it, unless a route group adds it",
            "\"/{room}\"", "[Microsoft.AspNetCore.Mvc.FromRoute] string [|rom|], string room", "rom + room"),
        Class(DiagnosticIds.StrayRouteValue, "The route value 'floor' is not bound to a parameter; add a parameter 'floor' to the constructor, [OnUpgrade] or [OnOpen]",
            "\"/{room}/[|{floor:int}|]\"", "string room", "room"),
    ];

    private static Sentence Pattern(string pattern, string text) => Sentence.OfArguments(
        DiagnosticIds.MalformedPattern, $"The route pattern '{MarkedSource.Parse(pattern).Text}' is malformed {text}", $"\"{pattern}\"");

    private static Sentence Protocols(string protocols, string text) => Sentence.OfArguments(DiagnosticIds.MalformedProtocol, text, $"\"/a\", Protocols = \"{protocols}\"");

    private static Sentence Class(string id, string text, string pattern, string parameters, string read) =>
        new(id, text, $"[WebSocketController({pattern})]\npublic sealed partial class A({parameters})\n{{\n    [OnMessage] string Echo(string message) => message + {read};\n}}");
}
