namespace Krait.Sockets.Tests.Serving;

/// <summary>The threads of Krait.Sockets in this process, as the kernel knows them.</summary>
internal static class LoopThreads
{
    public static int Count() => Directory.GetDirectories("/proc/self/task").Count(
        static task => NameOf(task).StartsWith("Krait loop", StringComparison.Ordinal));

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has ended meanwhile
        }
    }
}
