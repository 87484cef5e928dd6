using System.Reflection;
using System.Text.RegularExpressions;
using Krait.Generators.Emission;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Documentation;

/// <summary>docs/connection.md has a row for each member of a connection, and for nothing else.</summary>
public sealed partial class ConnectionPageTests
{
    private const string OfControllers = "## In the controller itself";

    private static readonly string Page = File.ReadAllText(Path.Combine(TestProject.Repository, "docs", "connection.md"));

    [Fact]
    public void Every_public_member_of_a_connection_is_on_the_page_and_no_other() =>
        Assert.Equal(Members(typeof(WebSocketConnection<>)).Order(StringComparer.Ordinal), Rows(Page[..Start]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_member_that_a_controller_gets_is_on_the_page_and_no_other()
    {
        var run = GeneratorRun.Of("""
            [WebSocketController("/a", Delivery = MessageDelivery.Queue)]
            public sealed partial class A
            {
                [Run]
                async Task Talk(CancellationToken stopping) => await SendAsync(await ReceiveAsync(stopping), stopping);
            }
            """);
        using var project = new LoadedProject(run);

        var members = Members(project.Assembly.GetType("A")!).Where(member => GeneratedMember.All.Any(one => one.Name == NameOf(member)));

        Assert.Equal(members.Order(StringComparer.Ordinal), Rows(Page[Start..]).Order(StringComparer.Ordinal));
    }

    private static int Start => Page.IndexOf(OfControllers, StringComparison.Ordinal);

    private static string NameOf(string member) => member.Split('(')[0];

    /// <summary>The code in the first cell of each row of the tables.</summary>
    private static List<string> Rows(string text) => [.. Row().Matches(text).Select(row => row.Groups[1].Value)];

    /// <summary>The members as the page writes them. Overloads that differ only in a type of a parameter are one.</summary>
    private static IEnumerable<string> Members(Type type) =>
        type.GetMembers(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(member => member.DeclaringType != typeof(object) && IsForUsers(member))
            .Select(member => member is MethodInfo method ? $"{method.Name}({string.Join(", ", method.GetParameters().Select(Write))})" : member.Name)
            .Distinct();

    /// <summary>Whether a controller's code may use it: the private members of a controller, and the public ones of a connection.</summary>
    private static bool IsForUsers(MemberInfo member) => member switch
    {
        PropertyInfo property => property.GetMethod is { } getter && IsVisible(getter),
        MethodInfo method => !method.IsSpecialName && IsVisible(method),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || (method.IsPrivate && !method.Name.Contains('.', StringComparison.Ordinal) && method.DeclaringType!.Assembly != typeof(WebSocketConnection).Assembly);

    private static string Write(ParameterInfo parameter) => (parameter.IsOut ? "out " : "") + parameter.Name;

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
