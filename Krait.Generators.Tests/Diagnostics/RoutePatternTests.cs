using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Krait.Generators.Tests.Diagnostics;

/// <summary>A pattern is malformed for Krait exactly when it is for the router.</summary>
public sealed class RoutePatternTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("~/a")]
    [InlineData("~a")]
    [InlineData("~")]
    [InlineData("//a")]
    [InlineData("/a//b")]
    [InlineData("/a/")]
    [InlineData("/a//")]
    [InlineData("/a b/ä/部屋/%20")]
    [InlineData("/a?b")]
    [InlineData("/{a}")]
    [InlineData("/{ a }")]
    [InlineData("/{a-b.c_d}")]
    [InlineData("/{a?}")]
    [InlineData("/{a?}/b")]
    [InlineData("/{a?}/{b?}")]
    [InlineData("/{a}.{b?}")]
    [InlineData("/{a}-{b?}")]
    [InlineData("/{a?}.b")]
    [InlineData("/{a}b{c}")]
    [InlineData("/{a}{b}")]
    [InlineData("/x{a}y")]
    [InlineData("/{*a}")]
    [InlineData("/{**a}")]
    [InlineData("/{***a}")]
    [InlineData("/{*a?}")]
    [InlineData("/{*a}/b")]
    [InlineData("/b{*a}")]
    [InlineData("/{*}")]
    [InlineData("/{*a=1}")]
    [InlineData("/{a=1}")]
    [InlineData("/{a=1?}")]
    [InlineData("/{a=}")]
    [InlineData("/{=1}")]
    [InlineData("/{a:int}")]
    [InlineData("/{a:int?}")]
    [InlineData("/{a:int:min(1)}")]
    [InlineData("/{a:}")]
    [InlineData("/{a::int}")]
    [InlineData("/{a:regex(^\\d{{2}}$)}")]
    [InlineData("/{a:regex(^\\d{2}$)}")]
    [InlineData("/{a:regex([(])}")]
    [InlineData("/{a:length(1,2)=x}")]
    [InlineData("/{a:int=1}")]
    [InlineData("/{a}/{A}")]
    [InlineData("/{a}/{b}/{a}")]
    [InlineData("/{")]
    [InlineData("/}")]
    [InlineData("/{}")]
    [InlineData("/{a")]
    [InlineData("/a}")]
    [InlineData("/{{a}}")]
    [InlineData("/{{{a}}}")]
    [InlineData("/{{a}")]
    [InlineData("/{a}}")]
    [InlineData("/{a/b}")]
    [InlineData("/{a{b}}")]
    [InlineData("/{a?b}")]
    [InlineData("/{a*}")]
    [InlineData("/{a }/{ a}")]
    public async Task Krait_and_the_router_agree(string pattern)
    {
        var run = GeneratorRun.Of($$"""
            [WebSocketController("{{pattern.Replace("\\", "\\\\", StringComparison.Ordinal)}}")]
            public sealed partial class A
            {
                [OnMessage]
                void Hear(string message) => Console.WriteLine(message);
            }
            """);

        var malformed = (await KraitAnalyzers.Analyze(run.Output)).Any(diagnostic => diagnostic.Id == DiagnosticIds.MalformedPattern);

        var refusal = Record.Exception(() => RoutePatternFactory.Parse(pattern));
        Assert.True(malformed == refusal is RoutePatternException, $"Krait says it is {(malformed ? "malformed" : "well-formed")}, the router says {refusal?.Message ?? "nothing"}.");
    }
}
