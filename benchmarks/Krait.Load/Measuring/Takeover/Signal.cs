using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Krait.Load.Measuring;

/// <summary>Sends signals to processes that this program has started.</summary>
internal static partial class Signal
{
    private const int Term = 15;

    /// <summary>Sends SIGTERM.</summary>
    public static void Terminate(int process)
    {
        if (Kill(process, Term) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
