using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Krait.Load.Serving;

namespace Krait.Load.Driving;

/// <summary>A WebSocket over TLS whose answers are only counted.</summary>
/// <remarks>Reads and writes are one sequence, so that a connection is never written from two threads.</remarks>
internal sealed class SecureConnection : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly Dialogue _dialogue;
    private readonly SslStream _stream;
    private AnswerCounter _counter;

    /// <summary>Connects and shakes hands.</summary>
    public SecureConnection(int port, Dialogue dialogue)
    {
        _dialogue = dialogue;
        _counter = new(dialogue.CountsRecords);
        _stream = new(new NetworkStream(ClientSocket.Connect(port), ownsSocket: true));
        _stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = OwnCertificate.Host,
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate?.Subject == OwnCertificate.Subject,
        });
        _stream.Write(Handshake.Request(dialogue.Path));
        Handshake.Demand(ReadHead());
    }

    /// <summary>Keeps so many messages in flight, then takes the answers that are still due.</summary>
    /// <param name="inFlight">How many messages.</param>
    /// <param name="answered">Takes how many answers came, and says whether to send as many messages.</param>
    /// <exception cref="IOException">The server ended the connection.</exception>
    public async Task FlowAsync(int inFlight, Func<int, bool> answered)
    {
        await SendAsync(inFlight);
        for (var due = inFlight; due > 0;)
        {
            var received = await _stream.ReadAsync(_buffer);
            if (received == 0)
                throw new IOException("The server ended the connection.");

            var answers = _counter.Count(_buffer.AsSpan(0, received));
            if (!answered(answers))
                due -= answers;
            else if (answers > 0)
                await SendAsync(answers);
        }
    }

    public void Dispose() => _stream.Dispose();

    private ValueTask SendAsync(int messages) => _stream.WriteAsync(_dialogue.Batch.AsMemory(0, messages * _dialogue.Message.Length));

    private string ReadHead()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)_stream.ReadByte());

        return head.ToString();
    }
}
