using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Krait.Load.Driving;

/// <summary>Linux's own way to wait for many sockets: the fewest system calls that a client can make.</summary>
internal sealed partial class Epoll : IDisposable
{
    public const uint Readable = 1;
    public const uint Writable = 4;

    private const int Add = 1;
    private const int Modify = 3;
    private const int DontWaitNorSignal = 0x4040;
    private const int TryAgain = 11;
    private const int Interrupted = 4;
    private const int LargestBatch = 256;

    // The kernel packs the structure on x64 and nowhere else.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataOffset = EventSize - sizeof(ulong);

    private readonly int _epoll = Checked(Create(0));
    private readonly byte[] _events = new byte[LargestBatch * 16];

    /// <summary>Watches a socket for what can be read.</summary>
    public void Watch(int socket, int key) => Control(Add, socket, Readable, key);

    /// <summary>Changes what a socket is watched for.</summary>
    public void Change(int socket, uint interest, int key) => Control(Modify, socket, interest, key);

    /// <summary>Waits for sockets that are ready, and calls back with their keys.</summary>
    /// <param name="milliseconds">How long; with 0 the thread never sleeps.</param>
    /// <param name="ready">What to do with each.</param>
    public void Wait(int milliseconds, Action<int> ready)
    {
        var count = EpollWait(_epoll, ref _events[0], LargestBatch, milliseconds);
        for (var i = 0; i < count; i++)
            ready((int)BinaryPrimitives.ReadUInt64LittleEndian(_events.AsSpan((i * EventSize) + DataOffset)));
    }

    /// <summary>Receives what is there; -1 if nothing is, 0 at the end.</summary>
    public static int Receive(int socket, Span<byte> buffer) => Transferred(Recv(socket, ref MemoryMarshal.GetReference(buffer), buffer.Length, DontWaitNorSignal));

    /// <summary>Sends as much as there is room for; -1 if there is none.</summary>
    public static int Send(int socket, ReadOnlySpan<byte> bytes) => Transferred(Send(socket, ref MemoryMarshal.GetReference(bytes), bytes.Length, DontWaitNorSignal));

    public void Dispose() => _ = Close(_epoll);

    private void Control(int operation, int socket, uint interest, int key)
    {
        Span<byte> change = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(change, interest);
        BinaryPrimitives.WriteUInt64LittleEndian(change[DataOffset..], (ulong)key);
        Checked(EpollControl(_epoll, operation, socket, ref change[0]));
    }

    private static int Transferred(nint result)
    {
        if (result >= 0)
            return (int)result;

        var error = Marshal.GetLastPInvokeError();
        return error is TryAgain or Interrupted ? -1 : throw new IOException(new Win32Exception(error).Message);
    }

    private static int Checked(int result) => result >= 0 ? result : throw new IOException(new Win32Exception().Message);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int EpollControl(int epoll, int operation, int socket, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_wait")]
    private static partial int EpollWait(int epoll, ref byte events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Recv(int socket, ref byte buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, ref byte bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
