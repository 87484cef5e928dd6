using System.Text;

namespace Krait.Load.Driving;

/// <summary>Plain HTTP: the same request again and again on a connection that is kept, and answers of one length.</summary>
internal sealed record HttpDialogue : Dialogue
{
    private const string EndOfHead = "\r\n\r\n";

    /// <summary>Asks the server once, to learn how long its answers are.</summary>
    /// <remarks>They have one length because the date in them has (RFC 9110, section 5.6.7).</remarks>
    /// <param name="port">On the loopback interface.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="body">Of the answer.</param>
    /// <exception cref="InvalidDataException">The answer is another one.</exception>
    public static HttpDialogue Learn(int port, string path, string body)
    {
        var request = Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost{EndOfHead}");
        using var socket = ClientSocket.Connect(port);
        socket.Send(request);
        var head = ClientSocket.ReadTo(socket, EndOfHead);
        if (!head.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) || !head.Contains($"\r\nContent-Length: {body.Length}\r\n", StringComparison.Ordinal))
            throw new InvalidDataException($"The request was answered with: {head}");

        ClientSocket.ReadTo(socket, body);
        return new() { Path = path, Message = request, AnswerLength = head.Length + body.Length };
    }
}
