using Krait.Generators.Emission;
using Krait.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Krait.Generators.Tests.Execution;

/// <summary>What Krait adds to a controller. Every new member breaks the controllers whose authors already use its name.</summary>
public sealed class GeneratedMemberTests
{
    private static readonly string[] Always = ["Connection", "Stopping", "ShouldStop", "SendAsync", "TrySend"];

    private static readonly string[] InQueue = ["Messages", "TryReceive", "ReceiveAsync"];

    [Fact]
    public void The_table_has_these_members_and_no_others()
    {
        Assert.Equal(Always, GeneratedMember.All.Where(member => !member.IsInQueue).Select(member => member.Name));
        Assert.Equal(InQueue, GeneratedMember.All.Where(member => member.IsInQueue).Select(member => member.Name));
    }

    [Fact]
    public void A_controller_in_Event_delivery_gets_the_members_that_all_have() => Assert.Equal(Always, Added("""
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """));

    [Fact]
    public void A_controller_in_Queue_delivery_gets_all_members() => Assert.Equal([.. Always, .. InQueue], Added("""
        [WebSocketController("/a", Delivery = MessageDelivery.Queue)]
        public sealed partial class A
        {
            [Run]
            async Task Talk(CancellationToken stopping) => await SendAsync(await ReceiveAsync(stopping), stopping);
        }
        """));

    [Fact]
    public void The_page_of_the_rule_about_taken_names_lists_them()
    {
        var page = File.ReadAllText(Path.Combine(TestProject.Repository, "docs", "diagnostics", "KRAIT004.md"));
        Assert.All(GeneratedMember.All, member => Assert.Contains($"`{member.Name}`", page, StringComparison.Ordinal));
    }

    /// <summary>The names of what the generator adds to the class, besides its descriptor.</summary>
    private static IEnumerable<string> Added(string source)
    {
        var run = GeneratorRun.Of(source);
        var added = run.Output.GetTypeByMetadataName("A")!.GetMembers()
            .Where(member => member.DeclaringSyntaxReferences.Any(part => run.IsGenerated(part.SyntaxTree)))
            .Where(member => member is not IMethodSymbol { AssociatedSymbol: not null })
            .ToLookup(member => member.CanBeReferencedByName);
        Assert.EndsWith("Descriptor", Assert.Single(added[false]).Name, StringComparison.Ordinal);
        return added[true].Select(member => member.Name);
    }
}
