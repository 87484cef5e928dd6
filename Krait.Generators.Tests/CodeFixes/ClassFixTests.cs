using Krait.Generators.CodeFixes;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.CodeFixes;

public sealed class ClassFixTests
{
    private const string Handler = """
            [OnMessage]
            string Echo(string message) => message;
        """;

    [Theory]
    [InlineData("public abstract partial class A", "public partial class A")]
    [InlineData("public static /* why */ partial class A", "public /* why */ partial class A")]
    [InlineData("file sealed partial class A", "sealed partial class A")]
    [InlineData("public partial record A", "public partial class A")]
    [InlineData("public partial record class A", "public partial class A")]
    [InlineData("public partial struct A", "public partial class A")]
    public Task A_word_that_stands_in_the_way_is_removed(string before, string after) =>
        Mended<RemoveModifierFix>.Gives(Controller(before, Handler.Replace("string Echo", "static string Echo", StringComparison.Ordinal)), Controller(after, Handler.Replace("string Echo", "static string Echo", StringComparison.Ordinal)));

    [Theory]
    [InlineData("public sealed partial class A<T>")]
    [InlineData("public readonly partial struct A")]
    [InlineData("public sealed partial record A(HttpContext Context)")]
    [InlineData("public ref partial struct A")]
    public Task A_class_that_needs_more_than_one_word_changed_is_left_alone(string header) => Mended<RemoveModifierFix>.Leaves(Controller(header, Handler));

    [Fact]
    public Task An_abstract_class_with_an_abstract_member_is_left_alone() =>
        Mended<RemoveModifierFix>.Leaves(Controller("public abstract partial class A", Handler + "\n\n    public abstract int Count();"));

    [Fact]
    public Task Every_part_loses_the_word() => Mended<RemoveModifierFix>.Gives(
        Controller("public abstract partial class A", Handler) + "\n\npublic abstract partial class A;",
        Controller("public partial class A", Handler) + "\n\npublic partial class A;");

    [Theory]
    [InlineData("private int Connection { get; set; }", "Connection++", "private int OwnConnection { get; set; }", "OwnConnection++")]
    [InlineData("private readonly int Stopping = 1; // why", "Stopping", "private readonly int OwnStopping = 1; // why", "OwnStopping")]
    [InlineData("private static bool TrySend() => true;", "TrySend()", "private static bool OwnTrySend() => true;", "OwnTrySend()")]
    public Task A_member_is_renamed_wherever_it_is_used(string member, string use, string renamed, string used) => Mended<RenameFix>.Gives(
        Controller("public sealed partial class A", $"    {member}\n\n    [OnMessage]\n    string Echo(string message) => $\"{{message}}{{{use}}}\";"),
        Controller("public sealed partial class A", $"    {renamed}\n\n    [OnMessage]\n    string Echo(string message) => $\"{{message}}{{{used}}}\";"));

    [Fact]
    public Task A_parameter_of_the_primary_constructor_is_renamed() => Mended<RenameFix>.Gives(
        Controller("public sealed partial class A(HttpContext Connection)", "    [OnMessage]\n    string Echo(string message) => message + Connection.TraceIdentifier;"),
        Controller("public sealed partial class A(HttpContext connection)", "    [OnMessage]\n    string Echo(string message) => message + connection.TraceIdentifier;"));

    [Fact]
    public Task A_class_is_renamed() => Mended<RenameFix>.Gives(Controller("public sealed partial class Connection", Handler), Controller("public sealed partial class ConnectionController", Handler));

    [Fact]
    public Task An_inherited_member_is_renamed_in_its_own_class() => Mended<RenameFix>.Gives(
        "public class Basis\n{\n    protected int Stopping => 1;\n}\n\n" + Controller("public sealed partial class A : Basis", Handler),
        "public class Basis\n{\n    protected int OwnStopping => 1;\n}\n\n" + Controller("public sealed partial class A : Basis", Handler));

    [Fact]
    public Task Several_members_are_renamed_at_once() => Mended<RenameFix>.GivesAll(
        Controller("public sealed partial class A", "    private int Connection { get; set; }\n\n    private int Stopping => Connection;\n\n" + Handler),
        Controller("public sealed partial class A", "    private int OwnConnection { get; set; }\n\n    private int OwnStopping => OwnConnection;\n\n" + Handler));

    [Fact]
    public Task A_derived_controller_is_left_alone() => Mended<RenameFix>.Leaves(
        "[WebSocketController(\"/b\")]\npublic partial class Basis\n{\n    [OnMessage]\n    string Echo(string message) => message;\n}\n\n" + Controller("public sealed partial class A : Basis", ""));

    [Theory]
    [InlineData("    private sealed partial class A", "    internal sealed partial class A")]
    [InlineData("    sealed partial class A", "    internal sealed partial class A")]
    [InlineData("    private protected sealed partial class A", "    internal sealed partial class A")]
    [InlineData("    protected sealed partial class A", "    protected internal sealed partial class A")]
    public Task A_controller_becomes_internal(string before, string after) => Mended<MakeInternalFix>.Gives(Nested(before), Nested(after));

    [Fact]
    public Task A_class_with_a_lost_handler_becomes_a_controller() => Mended<AddControllerAttributeFix>.Gives(
        """
        /// <summary>Takes orders.</summary>
        public sealed class OrderBookController
        {
            [OnMessage]
            public string Echo(string message) => message;
        }
        """,
        """
        /// <summary>Takes orders.</summary>
        [WebSocketController("/order-book")]
        public sealed partial class OrderBookController
        {
            [OnMessage]
            public string Echo(string message) => message;
        }
        """);

    [Fact]
    public Task A_class_with_two_lost_handlers_becomes_one_controller() => Mended<AddControllerAttributeFix>.GivesAll(
        "public class A\n{\n    [OnOpen]\n    public string Greet() => \"\";\n\n    [OnMessage]\n    public string Echo(string message) => message;\n}\n",
        "[WebSocketController(\"/a\")]\npublic partial class A\n{\n    [OnOpen]\n    public string Greet() => \"\";\n\n    [OnMessage]\n    public string Echo(string message) => message;\n}\n");

    [Theory]
    [InlineData("public static class A")]
    [InlineData("public abstract class A")]
    [InlineData("public class A<T>")]
    [InlineData("public record A")]
    public Task A_type_that_cannot_be_a_controller_is_left_alone(string header) =>
        Mended<AddControllerAttributeFix>.Leaves(header + "\n{\n    [OnMessage]\n    public static string Echo(string message) => message;\n}\n");

    private static string Controller(string header, string members) => $"[WebSocketController(\"/a\")]\n{header}\n{{\n{members}\n}}";

    private static string Nested(string header) => $"public partial class Outer\n{{\n    [WebSocketController(\"/a\")]\n{header}\n    {{\n        [OnMessage]\n        string Echo(string message) => message;\n    }}\n}}";
}
