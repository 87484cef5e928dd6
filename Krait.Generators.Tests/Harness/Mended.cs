using Microsoft.CodeAnalysis.CodeFixes;

namespace Krait.Generators.Tests.Harness;

/// <summary>Holds a fix to what it makes of a file.</summary>
/// <typeparam name="TFix">The fix.</typeparam>
internal static class Mended<TFix>
    where TFix : CodeFixProvider, new()
{
    /// <summary>Demands that the fix for the first diagnostic gives exactly this text, of which nobody complains; with either line end.</summary>
    /// <param name="before">The file.</param>
    /// <param name="after">What it is to become.</param>
    /// <param name="rename">The name on which an editor puts its author's cursor.</param>
    public static async Task Gives(string before, string after, string? rename = null)
    {
        var test = new CodeFixTest<TFix>(before);
        await test.Fix();
        Assert.Equal(after, await test.Source(0));
        Assert.Equal(rename, await test.NameToChange());
        Assert.Empty(await test.Complaints());

        var crLf = new CodeFixTest<TFix>(before.ReplaceLineEndings("\r\n"));
        await crLf.Fix();
        Assert.Equal(after.ReplaceLineEndings("\r\n"), await crLf.Source(0));
    }

    /// <summary>Demands that the fix for all diagnostics of a project gives exactly this text, of which nobody complains.</summary>
    public static async Task GivesAll(string before, string after)
    {
        var test = new CodeFixTest<TFix>(before);
        await test.FixAll();
        Assert.Equal(after, await test.Source(0));
        Assert.Empty(await test.Complaints());
    }

    /// <summary>Demands that no fix is offered, since none would leave code that compiles.</summary>
    public static Task Leaves(string source) => new CodeFixTest<TFix>(source).OffersNothing();

    /// <inheritdoc cref="Leaves"/>
    public static Task LeavesUnsafe(string source) => new CodeFixTest(new TFix(), UserProject.Options.WithAllowUnsafe(true), [source]).OffersNothing();
}
