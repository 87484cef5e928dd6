using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Krait.Sockets.Tests.Serving;

/// <summary>Servers of bytes.</summary>
internal static class Serve
{
    /// <summary>Sends back all that comes, to the end of the client.</summary>
    public static Task EchoAsync(ConnectionContext connection) => EchoAsync(connection, static () => ValueTask.CompletedTask);

    /// <summary>Sends back all that comes, and awaits something between reading and writing.</summary>
    public static async Task EchoAsync(ConnectionContext connection, Func<ValueTask> between)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            await between();
            foreach (var piece in read.Buffer)
                output.Write(piece.Span);

            input.AdvanceTo(read.Buffer.End);
            var flushed = await output.FlushAsync();
            if (read.IsCompleted || flushed.IsCompleted)
                return;
        }
    }

    /// <summary>Reads and drops all that comes, to the end of the client.</summary>
    public static async Task DrainAsync(PipeReader input)
    {
        while (await input.ReadAsync() is { IsCompleted: false } read)
            input.AdvanceTo(read.Buffer.End);
    }

    /// <summary>Bytes that differ from place to place.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
