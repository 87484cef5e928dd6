using System.Buffers.Binary;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Krait.Sockets.Native;

/// <summary>An epoll instance of Linux, edge-triggered, with a way to wake the waiting thread. See epoll(7).</summary>
/// <remarks><see cref="Wake"/> and <see cref="Add"/> are thread-safe; one thread at a time may wait.</remarks>
internal sealed partial class Epoll : IDisposable
{
    /// <summary>The key of the wake-up itself, which is not a connection.</summary>
    public const long WakeKey = 0;

    private const int AddOperation = 1; // EPOLL_CTL_ADD
    private const int CloseOnExec = 0x80000; // EPOLL_CLOEXEC, EFD_CLOEXEC
    private const int NonBlocking = 0x800; // EFD_NONBLOCK
    private const int Interrupted = 4; // EINTR
    private const int LargestEvent = 16;

    // struct epoll_event is packed on x64 and nowhere else.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : LargestEvent;
    private static readonly int KeyOffset = EventSize - sizeof(long);

    private readonly SafeFileHandle _epoll;
    private readonly SafeFileHandle _wakeUp;
    private readonly byte[] _events;
    private readonly int _capacity;

    public Epoll(int capacity)
    {
        _capacity = capacity;
        _events = new byte[capacity * EventSize];
        _epoll = Checked(Create(CloseOnExec));
        _wakeUp = Checked(CreateEvent(0, CloseOnExec | NonBlocking));
        Watch(_wakeUp, EpollEvents.Readable | EpollEvents.EdgeTriggered, WakeKey);
    }

    /// <summary>Watches a socket for the rest of its life: the kernel forgets it when it is closed.</summary>
    public void Add(SafeSocketHandle socket, long key) => Watch(
        socket, EpollEvents.Readable | EpollEvents.Writable | EpollEvents.PeerEnded | EpollEvents.EdgeTriggered, key);

    /// <summary>Waits for events.</summary>
    /// <param name="milliseconds">How long; 0 only looks, -1 is forever.</param>
    /// <returns>How many events came.</returns>
    public int Wait(int milliseconds)
    {
        var count = Wait(_epoll, ref _events[0], _capacity, milliseconds);
        if (count >= 0)
            return count;

        var error = Marshal.GetLastPInvokeError();
        return error == Interrupted ? 0 : throw new Win32Exception(error);
    }

    /// <summary>Returns one of the events of the last <see cref="Wait(int)"/>.</summary>
    public (long Key, EpollEvents Events) this[int index]
    {
        get
        {
            var at = _events.AsSpan(index * EventSize, EventSize);
            var events = (EpollEvents)BinaryPrimitives.ReadUInt32LittleEndian(at);
            return (BinaryPrimitives.ReadInt64LittleEndian(at[KeyOffset..]), events);
        }
    }

    /// <summary>Ends a wait, or the next one. Each write causes a new edge, so the counter need not be read.</summary>
    public void Wake() => _ = Write(_wakeUp, 1, sizeof(long));

    public void Dispose()
    {
        _wakeUp.Dispose();
        _epoll.Dispose();
    }

    private void Watch(SafeHandle descriptor, EpollEvents events, long key)
    {
        Span<byte> change = stackalloc byte[LargestEvent];
        BinaryPrimitives.WriteUInt32LittleEndian(change, (uint)events);
        BinaryPrimitives.WriteInt64LittleEndian(change[KeyOffset..], key);
        if (Control(_epoll, AddOperation, descriptor, ref change[0]) != 0)
            throw new Win32Exception();
    }

    private static SafeFileHandle Checked(SafeFileHandle handle) => handle.IsInvalid ? throw new Win32Exception() : handle;

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle CreateEvent(uint count, int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle epoll, int operation, SafeHandle descriptor, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeFileHandle epoll, ref byte events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(SafeFileHandle descriptor, in long count, nint length);
}

/// <summary>Bits of <c>struct epoll_event</c>.</summary>
[Flags]
internal enum EpollEvents : uint
{
    /// <summary>No event.</summary>
    None = 0,

    /// <summary>EPOLLIN.</summary>
    Readable = 1,

    /// <summary>EPOLLOUT.</summary>
    Writable = 4,

    /// <summary>EPOLLERR, such as a reset.</summary>
    Error = 8,

    /// <summary>EPOLLHUP: both directions have ended.</summary>
    HungUp = 0x10,

    /// <summary>EPOLLRDHUP: the peer sends nothing more.</summary>
    PeerEnded = 0x2000,

    /// <summary>EPOLLET.</summary>
    EdgeTriggered = 1u << 31,
}
