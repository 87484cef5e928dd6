namespace Krait.Runtime.Tests.Conformance;

/// <summary>A client's end of an upgraded connection, which knows nothing of frames.</summary>
internal interface IRawConnection : IDisposable
{
    /// <summary>Sends all of it at once, as far as the carrier can.</summary>
    Task SendAsync(byte[] bytes);

    /// <summary>Reads some of what the server sent; 0 when it has ended its side.</summary>
    /// <exception cref="IOException">The connection was reset.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Ends the client's side; the server can still be heard.</summary>
    Task FinishAsync();

    /// <summary>Breaks the connection.</summary>
    void Reset();
}

internal static class RawConnectionExtensions
{
    /// <summary>Reads that many bytes, or as many as come before the end.</summary>
    public static async Task<byte[]> ReadUpToAsync(this IRawConnection connection, int count)
    {
        var bytes = new byte[count];
        var read = 0;
        while (read < count)
        {
            var some = await connection.ReadAsync(bytes.AsMemory(read));
            if (some == 0)
                break;

            read += some;
        }

        return bytes[..read];
    }
}
