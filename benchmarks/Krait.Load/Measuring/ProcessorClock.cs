using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Krait.Load.Measuring;

/// <summary>The processor time of another process as the scheduler counts it, in nanoseconds: what <c>/proc</c> says is too coarse for short turns.</summary>
internal static partial class ProcessorClock
{
    private const int NanosecondsPerTick = 100;

    /// <summary>How much processor time all threads of a process have used.</summary>
    public static TimeSpan Read(int process)
    {
        if (GetClock(process, out var clock) != 0 || GetTime(clock, out var time) != 0)
            throw new Win32Exception();

        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / NanosecondsPerTick);
    }

    [LibraryImport("libc", EntryPoint = "clock_getcpuclockid", SetLastError = true)]
    private static partial int GetClock(int process, out int clock);

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out Time time);

    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
