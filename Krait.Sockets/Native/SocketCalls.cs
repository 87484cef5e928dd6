using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Krait.Sockets.Native;

/// <summary>Receives and sends without waiting. See recv(2), send(2). Thread-safe.</summary>
internal static partial class SocketCalls
{
    /// <summary>The result if the call would have to wait.</summary>
    public const int WouldBlock = -1;

    private const int Peek = 2; // MSG_PEEK
    private const int DontWait = 0x40; // MSG_DONTWAIT
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int TryAgain = 11; // EAGAIN
    private const int Interrupted = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE
    private const int ConnectionReset = 104; // ECONNRESET

    /// <summary>Receives bytes that have arrived; 0 at the end of the peer's side.</summary>
    /// <exception cref="SocketException">The connection has broken.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Receive(SafeSocketHandle socket, Span<byte> room) => Receive(socket, room, DontWait);

    /// <summary>Whether the peer has ended its side and all its bytes have been received, or the connection has broken.</summary>
    public static bool IsAtEnd(SafeSocketHandle socket)
    {
        Span<byte> one = stackalloc byte[1];
        try
        {
            return Receive(socket, one, Peek | DontWait) == 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>Receives and drops the bytes that have arrived, up to a number.</summary>
    public static void Discard(SafeSocketHandle socket, int most)
    {
        Span<byte> room = stackalloc byte[4096];
        try
        {
            for (var left = most; left > 0 && Receive(socket, room) is var count and > 0; left -= count)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection has broken: nothing will be reset any more.
        }
    }

    /// <summary>Sends as much as the kernel takes.</summary>
    /// <exception cref="SocketException">The connection has broken.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public static int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var count = Send(socket, in MemoryMarshal.GetReference(bytes), bytes.Length, DontWait | NoSignal);
            if (count >= 0)
                return (int)count;

            if (IsFinal(Marshal.GetLastPInvokeError(), out var error))
                return error is null ? WouldBlock : throw error;
        }
    }

    private static int Receive(SafeSocketHandle socket, Span<byte> room, int flags)
    {
        while (true)
        {
            var count = Receive(socket, ref MemoryMarshal.GetReference(room), room.Length, flags);
            if (count >= 0)
                return (int)count;

            if (IsFinal(Marshal.GetLastPInvokeError(), out var error))
                return error is null ? WouldBlock : throw error;
        }
    }

    /// <summary>Whether the call need not be made again; <paramref name="error"/> is null if it would have to wait.</summary>
    private static bool IsFinal(int code, out SocketException? error)
    {
        error = code switch
        {
            TryAgain or Interrupted => null,
            ConnectionReset or BrokenPipe => new((int)SocketError.ConnectionReset),
            _ => new((int)SocketError.SocketError, $"The kernel reports error {code}."),
        };
        return code != Interrupted;
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeSocketHandle socket, ref byte room, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeSocketHandle socket, in byte bytes, nint length, int flags);
}
