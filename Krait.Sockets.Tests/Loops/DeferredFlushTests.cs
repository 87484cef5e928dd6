using System.IO.Pipelines;
using Krait.Sockets.Tests.Serving;

namespace Krait.Sockets.Tests.Loops;

/// <summary>Flushes on the loop, which leave when the code that handles the connection returns.</summary>
public sealed class DeferredFlushTests
{
    private const int Answers = 100;

    [Fact]
    public async Task Answers_that_are_flushed_one_by_one_all_leave()
    {
        await using var server = await RawServer.StartAsync(static async connection =>
        {
            while (await ReadAsync(connection.Transport.Input))
            {
                for (var i = 0; i < Answers; i++)
                    await AnswerAsync(connection.Transport.Output, (byte)i, size: 1000); // more than may wait
            }
        });
        using var peer = await server.ConnectAsync();

        for (var round = 0; round < 3; round++)
        {
            await peer.SendAsync("x"u8.ToArray());
            var answers = await peer.ReceiveAsync(Answers * 1000);
            Assert.Equal(Enumerable.Range(0, Answers).Select(static i => (byte)i), answers.Where(static (_, index) => index % 1000 == 0));
        }
    }

    [Fact]
    public async Task What_was_flushed_before_the_code_blocks_leaves_all_the_same()
    {
        using var gate = new ManualResetEventSlim();
        await using var server = await RawServer.StartAsync(async connection =>
        {
            await ReadAsync(connection.Transport.Input);
            await AnswerAsync(connection.Transport.Output, 1, size: 1);
            await ReadAsync(connection.Transport.Input); // on the loop from here on
            await AnswerAsync(connection.Transport.Output, 2, size: 1);
            gate.Wait(TestContext.Current.CancellationToken);
        });
        using var peer = await server.ConnectAsync();
        await peer.EchoesAsync([1]);
        await peer.SendAsync(new byte[] { 2 });

        Assert.Equal([2], await peer.ReceiveAsync(1));

        gate.Set();
    }

    private static async Task<bool> ReadAsync(PipeReader input)
    {
        var result = await input.ReadAsync();
        input.AdvanceTo(result.Buffer.End);
        return !result.IsCompleted;
    }

    private static async Task AnswerAsync(PipeWriter output, byte value, int size)
    {
        output.GetSpan(size)[..size].Fill(value);
        output.Advance(size);
        await output.FlushAsync();
    }
}
