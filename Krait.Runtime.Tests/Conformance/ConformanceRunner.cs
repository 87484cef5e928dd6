using System.Buffers.Binary;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>Plays a case, and holds the server to what must come back and to how the connection must end on its own side.</summary>
internal sealed class ConformanceRunner(ConformanceCase row, IRawConnection connection, Task<CloseInfo> ended)
{
    private const int NoStatus = 1005;

    public static async Task RunAsync(ConformanceServer server, Wire wire, ConformanceCase row)
    {
        if (wire == Wire.Compressed)
            row = row with { Sends = CompressedFrames.Of(row.Sends) };

        var (connection, ended) = await server.ConnectAsync(wire, row.IsEarly ? row.Sends : null, row.Extensions);
        using (connection)
            await new ConformanceRunner(row, connection, ended).RunAsync().InTime();

        server.AssertNoErrors();
    }

    private async Task RunAsync()
    {
        if (!row.IsEarly)
        {
            foreach (var part in row.IsByteByByte ? row.Sends.Chunk(1) : [row.Sends])
                await connection.SendAsync(part);
        }

        var going = row.GoesOnSending ? GoOnSendingAsync() : Task.CompletedTask;
        await ReadAsync(row.Receives);
        switch (row.End)
        {
            case CaseEnd.GoesOn:
                await connection.SendAsync([.. ClientFrame.Text("and on"), .. ClientFrame.Close(1000)]);
                await ReadAsync(ServerBytes.Text("and on"));
                await ReadCloseAsync(1000);
                await ReadEndAsync();
                await AssertCauseAsync(CloseCause.ClientClosed);
                break;
            case CaseEnd.ClientCloses:
                await ReadCloseAsync(row.Status);
                await EndAsync();
                await AssertCauseAsync(CloseCause.ClientClosed);
                break;
            case CaseEnd.ServerFails:
                await ReadCloseAsync(row.Status);
                await going;
                await AnswerAsync();
                await EndAsync();
                await AssertCauseAsync(row.Status == 1009 ? CloseCause.MessageTooLarge : CloseCause.ProtocolError);
                break;
            case CaseEnd.ClientFinishes:
                await connection.FinishAsync();
                await ReadEndAsync();
                await AssertCauseAsync(CloseCause.ConnectionLost);
                break;
            default:
                connection.Reset();
                await AssertCauseAsync(CloseCause.ConnectionLost);
                break;
        }
    }

    private async Task GoOnSendingAsync()
    {
        try
        {
            for (var i = 0; i < 16; i++)
                await connection.SendAsync(new byte[16 * 1024]);
        }
        catch (IOException)
        {
            // The server has heard enough.
        }
    }

    private async Task ReadAsync(byte[] expected) => AssertSame(expected, await connection.ReadUpToAsync(expected.Length));

    private async Task ReadCloseAsync(int status)
    {
        var header = await connection.ReadUpToAsync(2);
        AssertSame([0x88], header[..Math.Min(1, header.Length)]);
        var payload = await connection.ReadUpToAsync(header[1]);
        Assert.Equal(header[1], payload.Length);
        Assert.InRange(payload.Length, status == NoStatus ? 0 : 2, status == NoStatus ? 0 : 125);
        Assert.Equal(status, payload.Length == 0 ? NoStatus : BinaryPrimitives.ReadUInt16BigEndian(payload));
    }

    private Task AnswerAsync() => row.Answer switch
    {
        CaseAnswer.Finishes => connection.FinishAsync(),
        CaseAnswer.Closes => connection.SendAsync(ClientFrame.Close(row.Status)),
        _ => Task.CompletedTask,
    };

    private async Task EndAsync()
    {
        if (row.ResetsAtTheClose)
            connection.Reset();
        else
            await ReadEndAsync();
    }

    private async Task ReadEndAsync()
    {
        try
        {
            AssertSame([], await connection.ReadUpToAsync(1));
        }
        catch (IOException) when (row.End == CaseEnd.ClientFinishes)
        {
            // To a client that has ended its side without a close frame a reset is an end too.
        }
    }

    private async Task AssertCauseAsync(CloseCause cause)
    {
        var why = await ended;
        Assert.Equal(cause, why.Cause);
        if (row.WasClean is { } wasClean)
            Assert.Equal(wasClean, why.WasClean);
    }

    private static void AssertSame(byte[] expected, byte[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
            Assert.Equal(Tell(expected), Tell(actual));
    }

    private static string Tell(byte[] bytes) => $"{bytes.Length} bytes: {Convert.ToHexString(bytes.AsSpan(0, Math.Min(bytes.Length, 64)))}";
}
