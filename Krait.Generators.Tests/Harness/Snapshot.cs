using System.Text;

namespace Krait.Generators.Tests.Harness;

/// <summary>Compares texts with the files that were accepted before, beside the test: <c>Type.Method#Hint.g.verified.cs</c>.</summary>
/// <remarks>
/// A text that differs is written to <c>.received.cs</c> and fails the test. With <c>KRAIT_ACCEPT_SNAPSHOTS=1</c> it becomes the accepted one instead,
/// and that run fails too: nobody accepts by accident.
/// </remarks>
internal static class Snapshot
{
    private static readonly bool Accepting = Environment.GetEnvironmentVariable("KRAIT_ACCEPT_SNAPSHOTS") == "1";

    /// <summary>Compares texts by name with what was accepted for a test.</summary>
    /// <param name="texts">The texts by hint name, such as <c>Chat.g.cs</c>.</param>
    /// <param name="testFile">The source file of the test.</param>
    /// <param name="testMethod">The name of the test.</param>
    public static void Verify(IReadOnlyDictionary<string, string> texts, string testFile, string testMethod)
    {
        var source = TestProject.SourceFile(testFile);
        var prefix = $"{Path.GetFileNameWithoutExtension(source)}.{testMethod}#";
        var directory = Path.GetDirectoryName(source)!;
        var stale = Directory.GetFiles(directory, prefix + "*.cs").ToHashSet(StringComparer.Ordinal);
        var complaints = new List<string>();
        foreach (var (hint, text) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var stem = Path.Combine(directory, prefix + Path.GetFileNameWithoutExtension(hint));
            stale.Remove(stem + ".verified.cs");
            if (Compare(stem, text) is { } complaint)
            {
                stale.Remove(stem + ".received.cs");
                complaints.Add(complaint);
            }
        }

        foreach (var file in stale)
        {
            var leftover = file.EndsWith(".received.cs", StringComparison.Ordinal);
            if (leftover || Accepting)
                File.Delete(file);
            if (!leftover)
                complaints.Add($"{Path.GetFileName(file)} is no longer generated{(Accepting ? "; deleted" : "")}.");
        }

        if (complaints.Count > 0)
            Assert.Fail(string.Join("\n\n", complaints) + (Accepting ? "" : "\n\nRun again with KRAIT_ACCEPT_SNAPSHOTS=1 to accept."));
    }

    /// <summary>Compares a text with a file of the repository that is held in step with the code.</summary>
    /// <param name="text">What the file has to say.</param>
    /// <param name="file">The file.</param>
    public static void VerifyFile(string text, string file)
    {
        var accepted = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (text == accepted)
            return;

        if (Accepting)
            File.WriteAllText(file, text);
        Assert.Fail(Accepting
            ? $"{Path.GetFileName(file)} accepted: run again without KRAIT_ACCEPT_SNAPSHOTS."
            : $"{Path.GetFileName(file)} differs.\n{TextDifference.Describe(accepted, text)}\n\nRun again with KRAIT_ACCEPT_SNAPSHOTS=1 to accept.");
    }

    private static string? Compare(string stem, string text)
    {
        var verified = stem + ".verified.cs";
        var name = Path.GetFileName(verified);
        // A checkout may translate line ends; what the generator itself wrote is held to \n elsewhere.
        var accepted = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (text == accepted)
            return null;

        File.WriteAllText(Accepting ? verified : stem + ".received.cs", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return Accepting ? $"{name} accepted: run again without KRAIT_ACCEPT_SNAPSHOTS."
            : accepted is null ? $"{name} does not exist."
            : $"{name} differs.\n{TextDifference.Describe(accepted, text)}";
    }
}
