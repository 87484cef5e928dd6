using System.IO.Pipelines;
using System.Text;

namespace Krait.Load.Driving;

/// <summary>A client of a server in the same process: sends some messages in one piece and takes their answers, again and again.</summary>
internal sealed class MemoryClient : IDisposable
{
    private readonly IDuplexPipe _pipes;
    private readonly byte[] _batch;
    private readonly int _messages;
    private AnswerCounter _counter = new(countsRecords: false);

    private MemoryClient(IDuplexPipe pipes, Dialogue dialogue, int messages)
    {
        _pipes = pipes;
        _messages = messages;
        _batch = [.. Enumerable.Repeat(dialogue.Message, messages).SelectMany(message => message)];
    }

    /// <summary>Connects and shakes hands.</summary>
    public static async Task<MemoryClient> OpenAsync(MemoryTransport transport, Dialogue dialogue, int messages)
    {
        var pipes = transport.Connect();
        await pipes.Output.WriteAsync(Handshake.Request(dialogue.Path));
        var head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await pipes.Input.ReadAsync();
            head += Encoding.ASCII.GetString(read.Buffer);
            pipes.Input.AdvanceTo(read.Buffer.End);
        }

        Handshake.Demand(head);
        return new(pipes, dialogue, messages);
    }

    /// <summary>Ends the connection.</summary>
    public void Dispose()
    {
        _pipes.Output.Complete();
        _pipes.Input.Complete();
    }

    /// <summary>Sends the messages and takes their answers, so many times.</summary>
    public async Task RunAsync(int batches)
    {
        for (var i = 0; i < batches; i++)
        {
            await _pipes.Output.WriteAsync(_batch);
            for (var answers = 0; answers < _messages;)
            {
                var read = await _pipes.Input.ReadAsync();
                foreach (var piece in read.Buffer)
                    answers += _counter.Count(piece.Span);

                _pipes.Input.AdvanceTo(read.Buffer.End);
            }
        }
    }
}
