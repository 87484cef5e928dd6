using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of classes: KRAIT001 to KRAIT014 and KRAIT077.</summary>
internal static class ClassSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Class(DiagnosticIds.NotPartial, "'A' is not partial, so Krait cannot complete the controller 'A'; add 'partial'", "sealed class [|A|]"),
        new(DiagnosticIds.NotPartial, "'Rooms' is not partial, so Krait cannot complete the controller 'A'; add 'partial'",
            "public static class [|Rooms|]\n{\n    [WebSocketController(\"/a\")]\n    public sealed partial class A\n    {\n        [OnMessage] string Echo(string message) => message;\n    }\n}"),
        Class(DiagnosticIds.UnfitClass, "The controller 'A' is a record, but it must be an ordinary class; make it a class", "sealed partial [|record|] A"),
        Class(DiagnosticIds.UnfitClass, "The controller 'A' is a record, but it must be an ordinary class; make it a class", "sealed partial [|record|] class A"),
        Class(DiagnosticIds.UnfitClass, "The controller 'A' is static, but it must be an ordinary class; remove 'static'", "[|static|] partial class A"),
        Class(
            DiagnosticIds.UnfitClass,
            "The controller 'A' is abstract, but it must be an ordinary class; remove 'abstract', or put the attribute on a derived class",
            "[|abstract|] partial class A"),
        Class(
            DiagnosticIds.UnfitClass,
            "The controller 'A' is generic, but it must be an ordinary class; put the attribute on a derived class without type parameters",
            "sealed partial class A[|<T>|]"),
        new(DiagnosticIds.UnfitClass, "The controller 'A' is nested in a generic type, but it must be an ordinary class; move it out of that type",
            "public partial class Rooms<T>\n{\n    [WebSocketController(\"/a\")]\n    public sealed partial class [|A|]\n    {\n        [OnMessage] string Echo(string message) => message;\n    }\n}"),
        new(DiagnosticIds.UnfitClass, "The controller 'A' is local to its file, but it must be an ordinary class; remove 'file'",
            "[WebSocketController(\"/a\")]\n[|file|] sealed partial class A\n{\n    [OnMessage] string Echo(string message) => message;\n}"),
        new(DiagnosticIds.NoUsableConstructor,
            "The controller 'A' has another constructor with a higher [OverloadResolutionPriority], which C# would call; remove the attribute",
            "[WebSocketController(\"/a\")]\npublic sealed partial class [|A|]\n{\n    public A(HttpContext context) { }\n    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)] private A(object context) { }\n    [OnMessage] string Echo(string message) => message;\n}"),
        new(DiagnosticIds.HandlerOutsideController,
            "Krait does not call 'Echo', because [OnMessage] has no effect in 'Texts', which is not a controller; add [WebSocketController] to 'Texts', or move 'Echo' to a controller",
            "public static class Texts\n{\n    extension(string text)\n    {\n        [[|OnMessage|]] public string Echo() => text;\n    }\n}"),
        new(DiagnosticIds.NoUsableConstructor, "The controller 'A' has several constructors; mark the one to use with [ActivatorUtilitiesConstructor]",
            "[WebSocketController(\"/a\")]\npublic sealed partial class [|A|]\n{\n    public A() { }\n\n    public A(HttpContext context) => Console.WriteLine(context);\n\n    [OnMessage] string Echo(string message) => message;\n}"),
        Sentence.Beside(DiagnosticIds.NoUsableConstructor, "The controller 'A' has a required member 'Name', which Krait cannot set; take the value in the constructor", "public required string [|Name|] { get; init; }"),
        Sentence.Beside(DiagnosticIds.NameTaken, "Krait generates a member 'Stopping' for the controller 'A', but the class already has a member of that name; rename it", "private static bool [|Stopping|] => true;"),
        Class(DiagnosticIds.NameTaken, "Krait generates a member 'TrySend' for the controller 'TrySend', but the class has that name; rename the class", "sealed partial class [|TrySend|]"),
        Class(
            DiagnosticIds.NameTaken,
            "Krait generates a member 'Connection' for the controller 'A', but a parameter of its primary constructor has that name; rename the parameter",
            "sealed partial class A(HttpContext [|Connection|])",
            "string Id => Connection.TraceIdentifier;"),
        Class(
            DiagnosticIds.NameTaken,
            "Krait generates a member 'Connection' for the controller 'A', but the class inherits a member of that name from 'Guest'; rename it there",
            "sealed partial class A : [|Guest|], IDisposable",
            "public void Dispose() { }\n}\n\npublic abstract class Guest\n{\n    protected int Connection { get; } = 1;"),
        new(DiagnosticIds.NameTaken,
            "Krait generates a member 'Connection' for the controller 'A', but its base class 'B' is a controller and already has this member; derive both from an ordinary class",
            "[WebSocketController(\"/a\")]\npublic sealed partial class A : [|B|]\n{\n    [OnMessage] string Echo(string message) => message;\n}\n\n[WebSocketController(\"/b\")]\npublic partial class B\n{\n    [OnMessage] string Shout(string message) => message;\n}"),
        new(DiagnosticIds.NoHandler, "The controller 'A' has no handler, so it accepts connections and does nothing; add an [OnMessage] or [Run] method",
            "[WebSocketController(\"/a\")]\npublic sealed partial class [|A|];"),
        new(DiagnosticIds.HandlerOutsideController,
            "Krait does not call 'Hear', because [OnMessage] has no effect in 'Lost', which is not a controller; add [WebSocketController] to 'Lost', or move 'Hear' to a controller",
            "public sealed class Lost\n{\n    [[|OnMessage|]] public void Hear(string message) => Console.WriteLine(message);\n}"),
        Nested(DiagnosticIds.Inaccessible, "Generated code cannot reference 'A' because it is private; make it internal", "[|private|] sealed partial class A"),
        Nested(DiagnosticIds.Inaccessible, "Generated code cannot reference 'A' because it is private; make it internal", "partial class [|A|]"),
        new(DiagnosticIds.Inaccessible, "Generated code cannot reference 'Rooms' because it is protected; make it internal",
            "public partial class House\n{\n    [|protected|] partial class Rooms\n    {\n        [WebSocketController(\"/a\")]\n        public sealed partial class A\n        {\n            [OnMessage] string Echo(string message) => message;\n        }\n    }\n}"),
        new(DiagnosticIds.LanguageTooOld, "The controller 'A' needs C# 14, but the project compiles as C# 13.0; remove LangVersion from the project, or raise it to 14",
            "[WebSocketController(\"/a\")]\npublic sealed partial class [|A|]\n{\n    [OnMessage] string Echo(string message) => message;\n}", LanguageVersion.CSharp13),
        Attributed(
            DiagnosticIds.UnwritableAttribute, "Krait cannot put [Admin] on the endpoint of 'A': 'AdminAttribute' is local to its file; remove 'file'",
            "[|Admin|]", "file sealed class AdminAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute;"),
        Attributed(
            DiagnosticIds.UnwritableAttribute,
            "Krait cannot put [Admin] on the endpoint of 'A': it is [Conditional], and Krait cannot tell whether the compiler keeps it; remove [Conditional]",
            "[|Admin|]", "[System.Diagnostics.Conditional(\"DEBUG\")] public sealed class AdminAttribute : Microsoft.AspNetCore.Authorization.AuthorizeAttribute;"),
        Attributed(
            DiagnosticIds.LostAttribute, "[Note] is missing on the endpoint of 'A': 'Secret' is local to its file; remove 'file'",
            "[|Note(typeof(List<Secret>))|]", "file sealed class Secret;\n\npublic sealed class NoteAttribute(Type type) : Attribute\n{\n    public Type Type { get; } = type;\n}"),
        new(DiagnosticIds.Unseen,
            "Krait cannot complete 'A': the Krait generator cannot see 'ShopClient', which another source generator writes; write it yourself, or put it into a referenced project",
            "[WebSocketController(\"/a\")]\npublic sealed partial class A(Generated.Clients.[|ShopClient|] shop)\n{\n    [OnMessage] string Echo(string message) => message + shop;\n}"),
        new(DiagnosticIds.Unseen,
            "Krait cannot complete 'A': [Authorize] is missing on its endpoint, because another source generator adds it, and source generators cannot see each other's output; write it yourself",
            "[assembly: OtherGenerator.Writes(\"[Microsoft.AspNetCore.Authorization.Authorize] partial class A;\")]\n\n[WebSocketController(\"/a\")]\npublic sealed partial class [|A|]\n{\n    [OnMessage] string Echo(string message) => message;\n}"),
        Attributed(DiagnosticIds.LimitOutOfRange, "The MaxConnections of 'A' is 0; make it positive", "MaxConnections([|0|])", ""),
        Attributed(DiagnosticIds.LimitOutOfRange, "The PerSeconds of 'A' is 3601; use 1 to 3,600", "RateLimit(20, PerSeconds = [|3601|])", ""),
        Sentence.OfArguments(DiagnosticIds.LimitOutOfRange, "MaxMessageSize is -1; set a positive number, or 0 to use the value of KraitOptions", "\"/a\", MaxMessageSize = [|-1|]"),
    ];

    private static Sentence Class(string id, string text, string header, string members = "") =>
        new(id, text, $"[WebSocketController(\"/a\")]\npublic {header}\n{{\n    [OnMessage] {(header.Contains("static", StringComparison.Ordinal) ? "static " : "")}string Echo(string message) => message;\n    {members}\n}}");

    private static Sentence Attributed(string id, string text, string attribute, string declarations) =>
        new(id, text, $"[{attribute}]\n[WebSocketController(\"/a\")]\npublic sealed partial class A\n{{\n    [OnMessage] string Echo(string message) => message;\n}}\n\n{declarations}");

    private static Sentence Nested(string id, string text, string header) =>
        new(id, text, $"public static partial class Rooms\n{{\n    [WebSocketController(\"/a\")]\n    {header}\n    {{\n        [OnMessage] string Echo(string message) => message;\n    }}\n}}");
}
