using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Krait.Load.Measuring;

/// <summary>Lets the calling thread, and processes that it starts, run on all processors until this is disposed of on the same thread.</summary>
internal sealed partial class Unpinned : IDisposable
{
    private const int CallingThread = 0;
    private const int MaskSize = 1024 / 8; // glibc's cpu_set_t

    private readonly byte[] _before = new byte[MaskSize];

    public Unpinned()
    {
        if (GetAffinity(CallingThread, MaskSize, ref _before[0]) != 0)
            throw new Win32Exception();

        var all = new byte[MaskSize];
        all.AsSpan().Fill(byte.MaxValue); // the kernel takes those that there are
        Set(all);
    }

    public void Dispose() => Set(_before);

    private static void Set(byte[] mask)
    {
        if (SetAffinity(CallingThread, MaskSize, ref mask[0]) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    private static partial int GetAffinity(int thread, nint size, ref byte mask);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nint size, ref byte mask);
}
