using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Krait.Generators.Tests.Incrementality;

/// <summary>A project whose controllers depend on other files in every way that was thought of, and edits that make them mean something else.</summary>
internal static partial class ChangingProject
{
    /// <summary>Edits that change what is generated, by what they do. Each stands in the files by its name, and is there or not.</summary>
    public static readonly ImmutableSortedDictionary<string, (string Before, string After)> Edits = new Dictionary<string, (string, string)>
    {
        ["a constant that is part of another one"] = ("\"/talk\"", "\"/chat\""),
        ["a type that hides one of a farther namespace"] = ("", "namespace App.Talk; public sealed class Clock;"),
        ["a type nested in the base of a base"] = ("", "public sealed class Nearest;"),
        ["a member of the base of a base that takes a name"] = ("", "protected bool Stopping => true;"),
        ["a member of the base of a base that is a keyword"] = ("", "protected int field;"),
        ["an attribute that is inherited"] = ("", "[System.ComponentModel.Description(\"hall\")]"),
        ["a base list of a message"] = (": Message", ""),
        ["a type that leaves a union"] = ("[JsonDerivedType(typeof(Leave), \"leave\")]", ""),
        ["a limit of a message"] = ("", "[MaxMessageSize(100)]"),
        ["an alias of the project"] = ("App.Messages.Said", "App.Messages.Heard"),
        ["a static using of the project"] = ("App.Sizes", "App.Other.Sizes"),
        ["an attribute of that name, nearer"] = ("", "namespace App.Talk; public sealed class MarkAttribute(int number) : System.Attribute { public int Number => number; }"),
        ["a better constructor of an attribute"] = ("", "public MarkAttribute(int number) : this((long)number) { }"),
        ["a part in a file of its own"] = ("", "namespace App.Talk; partial class ChatController { [OnClose] void Bye() { } }"),
        ["a type that was not there"] = ("", "namespace App; public sealed class Missing;"),
        ["a namespace that hides another"] = ("", "namespace App.Talk.Tools; public sealed class Saw;"),
        ["another member of an enum with the value"] = ("", "Top = 2,"),
        ["a parameter of a record"] = ("[property: CorrelationId] string Id", "string Id"),
        ["a property for the position"] = ("", "[property: RoomPosition]"),
        ["what a service is"] = ("sealed class Book", "readonly record struct Book"),
        ["an interface that a value needs"] = (": IParsable<Key>", ""),
        ["what may be null"] = ("enable", "disable"),
        ["an accessibility"] = ("public", "internal"),
        ["a type that derives from what a codec sends"] = ("", "namespace App.News; public sealed record Secret : Marked;"),
        ["a mark on the base of such types"] = ("", "[Uncompressed]"),
        ["what a codec encodes"] = ("Item", "Loud"),
        ["a constraint of a codec"] = ("", "where T : struct"),
        ["an alias's target in the file itself"] = ("class", "struct"),
        ["the accessibility of another part"] = ("internal", "private"),
        ["an escaped name"] = ("", "namespace App.Talk; public sealed class @Escap\\u0065d;"),
        ["a listed type of a context"] = ("typeof(Order)", "typeof(int)"),
        ["what members are"] = ("sealed record Visitor", "readonly record struct Visitor"),
        ["a listed type of members"] = ("typeof(Visitor)", "typeof(long)"),
        ["members of a changed type"] = ("Visitor", "object"),
        ["what [OnDrain] takes"] = ("DrainInfo drain", "CancellationToken stopping"),
        ["what [OnExpiring] takes"] = ("ExpirationInfo expiration", ""),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Edits that change nothing for any controller, but stand beside those that do.</summary>
    public static readonly ImmutableSortedDictionary<string, (string Before, string After)> Others = new Dictionary<string, (string, string)>
    {
        ["a body"] = ("1", "2"),
        ["a member"] = ("", "public static int Three => 3;"),
        ["a type"] = ("", "public sealed class Plain2 : Plain;"),
        ["a file"] = ("", "namespace App.Plain; public enum Colour { Red }"),
        ["a namespace"] = ("", "namespace App.Other.Plain; public delegate void Done();"),
        ["a type of the framework's namespaces"] = ("", "namespace System.Threading; public sealed class Turnstile;"),
        ["an attribute of the assembly"] = ("", "[assembly: System.Reflection.AssemblyTitle(\"title\")]"),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly (string Path, string Text)[] Files =
    [
        ("Usings.cs", UserProject.ImplicitUsings + """

            global using Microsoft.AspNetCore.Mvc;
            global using System.Text.Json.Serialization;
            global using Reply = «an alias of the project»;
            global using static «a static using of the project»;
            """),
        ("Chat.cs", """
            using Shelf = App.Shelves.Oak;

            namespace App.Talk;

            [Mark(1)]
            [WebSocketController(Routes.Chat + "/{key}", MaxMessageSize = Size)]
            public sealed partial class ChatController(Clock clock, Book book, Key key, Tools.Saw saw, Shelf shelf, [FromQuery] Level level = Level.High) : Room
            {
                [OnOpen]
                void Enter(Nearest nearest, Escaped escaped)
                {
                }

                [OnMessage]
                Reply Hear(Say say) => throw new System.NotSupportedException(clock + "" + book + key + saw + shelf + level);

                [OnMessage]
                void Leave(Leave leave)
                {
                }
            }
            """),
        ("Ask.cs", """
            namespace App.Talk;

            public partial class Outer
            {
                [WebSocketController("/ask")]
                sealed partial class AskController
                {
                    [OnMessage]
                    Answer? Ask(Question question) => null;
                }
            }
            """),
        ("News.cs", """
            namespace App.News;

            [MessageCodec(typeof(NewsCodec))]
            [MessageCodec(typeof(AnyCodec<>))]
            [WebSocketController("/news", Compression = true, Sends = typeof(Item), Receives = typeof(Order))]
            public sealed partial class NewsController
            {
                [Run]
                async Task Run(IAsyncEnumerable<Order> orders, CancellationToken stopping)
                {
                    await foreach (var order in orders)
                        await SendAsync(new Loud());
                }
            }
            """),
        ("Order.cs", """
            [WebSocketController("/orders")]
            public sealed partial class OrderController(App.Missing missing)
            {
                [OnMessage]
                void Take(string order) => throw new NotSupportedException(missing.ToString());
            }
            """),
        ("Bill.cs", "[WebSocketController(\"/bills\")] sealed partial class BillController { [OnMessage] void Take(App.News.Order order) { } }"),
        ("Crowd.cs", """
            namespace App.Crowds;

            [WebSocketController("/crowd")]
            public sealed partial class CrowdController([Room("crowd")] IRoom<string, Visitor> crowd)
            {
                [OnPresence]
                string Count(PresenceChange<«members of a changed type»> change) => change.ToString() + crowd;

                [OnDrain]
                string? Leave(«what [OnDrain] takes») => null;

                [OnExpiring]
                string? Warn(«what [OnExpiring] takes») => null;
            }
            """),
        ("Visitor.cs", "namespace App.Crowds; public «what members are»(string Name);"),
        ("CrowdJson.cs", "namespace App.Crowds; [JsonSerializable(«a listed type of members»)] internal sealed partial class CrowdJson : JsonSerializerContext;"),
        ("Routes.cs", "namespace App; public static class Routes { public const string Chat = Prefix.Value + \"s\"; }"),
        ("Prefix.cs", "namespace App; public static class Prefix { public const string Value = «a constant that is part of another one»; }"),
        ("Room.cs", "namespace App; public abstract class Room : Hall;"),
        ("Hall.cs", """
            namespace App;

            «an attribute that is inherited»
            public abstract class Hall
            {
                «a type nested in the base of a base»
                «a member of the base of a base that takes a name»
                «a member of the base of a base that is a keyword»
            }
            """),
        ("Services.cs", "namespace App; public sealed class Clock; public sealed class Nearest; public sealed class Escaped; public «what a service is»;"),
        ("Tools.cs", "namespace App.Tools; public sealed class Saw;"),
        ("Oak.cs", "namespace App.Shelves; public «an alias's target in the file itself» Oak;"),
        ("Level.cs", "namespace App; public enum Level { Low = 1, «another member of an enum with the value» High = 2 }"),
        ("Key.cs", """
            namespace App;

            public readonly record struct Key «an interface that a value needs»
            {
                public static Key Parse(string text, IFormatProvider? provider) => default;

                public static bool TryParse(string? text, IFormatProvider? provider, out Key key) => throw new NotSupportedException();
            }
            """),
        ("Mark.cs", """
            namespace App;

            public sealed class MarkAttribute : Attribute
            {
                public MarkAttribute(long number) => Number = number;

                «a better constructor of an attribute»

                public long Number { get; }
            }
            """),
        ("Sizes.cs", "namespace App { public static class Sizes { public const int Size = 1000; } } namespace App.Other { public static class Sizes { public const int Size = 2000; } }"),
        ("Message.cs", "namespace App; [JsonDerivedType(typeof(Say), \"say\")] «a type that leaves a union» public abstract record Message;"),
        ("Say.cs", "namespace App; «a limit of a message» public sealed record Say(string Text) «a base list of a message»;"),
        ("Leave.cs", "namespace App; public sealed record Leave : Message;"),
        ("Said.cs", "namespace App.Messages; «an accessibility» sealed record Said(«a property for the position» string Text); public sealed record Heard(string Text);"),
        ("Question.cs", """
            namespace App.Talk;

            public sealed record Question([property: CorrelationId] string? Id, string Text);
            public sealed record Answer(«a parameter of a record»);
            """),
        ("Outer.cs", """
            #nullable «what may be null»
            namespace App.Talk;

            public partial class Outer
            {
                «the accessibility of another part» partial class AskController
                {
                    [OnOpen]
                    void Enter([FromQuery] string name = null!)
                    {
                    }
                }
            }
            """),
        ("Items.cs", "namespace App.News; public record Item; «a mark on the base of such types» public record Loud : Item; [Uncompressed] public record Marked : Item; public sealed record Order;"),
        ("Codecs.cs", """
            using System.Buffers;
            using System.Net.WebSockets;

            namespace App.News;

            public sealed class NewsCodec : IMessageEncoder<«what a codec encodes»>
            {
                public WebSocketMessageType Encode(«what a codec encodes» message, IBufferWriter<byte> output) => default;
            }

            public sealed class AnyCodec<T> : IMessageDecoder<T> «a constraint of a codec»
            {
                public T Decode(in ReceivedMessage message) => throw new NotSupportedException();
            }
            """),
        ("Json.cs", """
            namespace App;

            [JsonSerializable(typeof(Message)), JsonSerializable(typeof(Messages.Said)), JsonSerializable(typeof(Messages.Heard)), JsonSerializable(typeof(Talk.Question)), JsonSerializable(typeof(Talk.Answer))]
            internal sealed partial class AppJson : JsonSerializerContext;
            """),
        ("NewsJson.cs", "namespace App.News; [JsonSerializable(«a listed type of a context»)] internal sealed partial class NewsJson : JsonSerializerContext;"),
        ("Plain.cs", "namespace App.Plain; public class Plain { public static int One => «a body»; «a member» } «a type»"),
        .. new[]
        {
            "a type that hides one of a farther namespace", "an attribute of that name, nearer", "a part in a file of its own", "a type that was not there", "a namespace that hides another",
            "a type that derives from what a codec sends", "an escaped name", "a file", "a namespace", "a type of the framework's namespaces", "an attribute of the assembly",
        }.Select(name => (name + ".cs", $"«{name}»")),
    ];

    /// <summary>The project with some of the edits.</summary>
    public static CSharpCompilation With(IReadOnlySet<string> edits) =>
        UserProject.Empty.AddSyntaxTrees([.. Render(edits).Select(file => UserProject.Parse(file.Text, file.Path))]);

    /// <summary>The same project after other edits; files that they leave alone are the same as before, as in an editor.</summary>
    public static CSharpCompilation Edit(CSharpCompilation project, IReadOnlySet<string> edits)
    {
        var open = project.SyntaxTrees.ToDictionary(tree => tree.FilePath);
        foreach (var (path, text) in Render(edits))
        {
            if (!open.Remove(path, out var tree))
                project = project.AddSyntaxTrees(UserProject.Parse(text, path));
            else if (tree.ToString() != text)
                project = project.ReplaceSyntaxTree(tree, UserProject.Parse(text, path));
        }

        return project.RemoveSyntaxTrees(open.Values);
    }

    private static IEnumerable<(string Path, string Text)> Render(IReadOnlySet<string> edits) =>
        from file in Files
        let text = Place().Replace(file.Text, place => Text(place.Groups[1].Value, edits))
        where text.Length > 0
        select (file.Path, text);

    private static string Text(string name, IReadOnlySet<string> edits)
    {
        var (before, after) = Edits.TryGetValue(name, out var edit) ? edit : Others[name];
        return edits.Contains(name) ? after : before;
    }

    [GeneratedRegex("«([^»]*)»")]
    private static partial Regex Place();
}
