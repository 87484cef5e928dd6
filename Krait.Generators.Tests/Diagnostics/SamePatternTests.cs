using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>Two controllers have the same pattern only where the router itself finds both for a request.</summary>
public sealed class SamePatternTests
{
    [Theory]
    [InlineData("/a", "/a", "/a")]
    [InlineData("/a", "a", "/a")]
    [InlineData("/a", "~/A/", "/a")]
    [InlineData("/", "", "/")]
    [InlineData("/{a}", "/{b}", "/x")]
    [InlineData("/{a}", "/{b?}", "/x")]
    [InlineData("/{a}", "/{b=1}", "/x")]
    [InlineData("/{a:int}", "/{b:int}", "/1")]
    [InlineData("/{a:int}", "/{b:int=1}", "/1")]
    [InlineData("/{*a}", "/{**b}", "/x/y")]
    [InlineData("/x{a}-{b}", "/X{c}-{d}", "/x1-2")]
    [InlineData("/a/{b:regex(^=$)}/c", "/A/{c:regex(^=$)}/C", "/a/=/c")]
    public async Task Patterns_that_are_the_same(string one, string two, string path)
    {
        await WrongCode.Raises(DiagnosticIds.SamePattern, Controllers($"[|\"{one}\"|]", $"[|\"{two}\"|]"));

        var ambiguity = await Assert.ThrowsAnyAsync<Exception>(() => Ask(one, two, path));
        Assert.Equal("AmbiguousMatchException", ambiguity.GetType().Name);
    }

    [Theory]
    [InlineData("/a", "/b")]
    [InlineData("/a", "/a/{b?}")]
    [InlineData("/a", "/{a}")]
    [InlineData("/{a}", "/{a:int}")]
    [InlineData("/{a}", "/{*a}")]
    [InlineData("/{a:int}", "/{a:long}")]
    [InlineData("/{a}.{b}", "/{a}-{b}")]
    [InlineData("/{a:regex(^x$)}", "/{a:regex(^X$)}")]
    public Task Patterns_that_differ(string one, string two) => WrongCode.RaisesNothing(Controllers($"\"{one}\"", $"\"{two}\""));

    [Fact]
    public Task Hosts_tell_controllers_apart() =>
        WrongCode.RaisesNothing(Controllers("\"/a\"", "\"/a\"").Replace("public sealed partial class A", "[Host(\"a.example\")] public sealed partial class A", StringComparison.Ordinal));

    [Fact]
    public void What_maps_all_controllers_refuses_to_map_both_and_each_can_still_be_mapped_by_itself()
    {
        var run = GeneratorRun.Of(Controllers("\"/a\"", "\"/A\""));

        Assert.Contains("'A' and 'B' both match '/a'", run.Sources.Single(source => source.HintName == GeneratedCode.MappingHint).SourceText.ToString(), StringComparison.Ordinal);
        Assert.All(RefusalLaw.Controllers(run), controller => Assert.False(RefusalLaw.IsRefused(run, controller)));
    }

    private static async Task<string> Ask(string one, string two, string path)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        await using var app = builder.Build();
        app.UseRouting();
        app.Map(one, () => "one");
        app.Map(two, () => "two");
        await app.StartAsync(TestContext.Current.CancellationToken);
        return await app.GetTestClient().GetStringAsync(path, TestContext.Current.CancellationToken);
    }

    private static string Controllers(string one, string two) => $$"""
        [WebSocketController({{one}})]
        public sealed partial class A(HttpContext context)
        {
            [OnMessage]
            int Hear(string message) => context.Request.RouteValues.Count;
        }

        [WebSocketController({{two}})]
        public sealed partial class B(HttpContext context)
        {
            [OnMessage]
            int Hear(string message) => context.Request.RouteValues.Count;
        }

        [System.Text.Json.Serialization.JsonSerializable(typeof(int))]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        """;
}
