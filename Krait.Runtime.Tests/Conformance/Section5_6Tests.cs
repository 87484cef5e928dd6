using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.6: data frames.</summary>
public class Section5_6Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Answers("a text", ClientFrame.Text("caf\u00E9 \u20AC \U0001F40D"), ServerBytes.Text("caf\u00E9 \u20AC \U0001F40D"))
        .Answers("an empty text", ClientFrame.Text(""), ServerBytes.Text(""))
        .Answers("empty binary", ClientFrame.Binary([]), ServerBytes.Binary())
        .Answers("binary that is no UTF-8", ClientFrame.Binary([0xFF, 0xC0, 0x80]), ServerBytes.Binary(0xFF, 0xC0, 0x80))
        .Answers("text and binary in turns", [.. ClientFrame.Text("a"), .. ClientFrame.Binary([1]), .. ClientFrame.Text("b")], ServerBytes.Text("a"), ServerBytes.Binary(1), ServerBytes.Text("b"))
        .Answers("a message at the limit", ClientFrame.Binary(new byte[Limit]), ServerBytes.Binary(new byte[Limit]))
        .Answers(
            "fragments at the limit",
            [.. ClientFrame.Binary(new byte[Limit - 1], isFinal: false), .. ClientFrame.Continuation([7])],
            ServerBytes.Binary([.. new byte[Limit - 1], 7]))
        .Answers("two messages at the limit", ConformanceTable.Join(Enumerable.Repeat(ClientFrame.Binary(new byte[Limit]), 2)), ServerBytes.Binary(new byte[Limit]), ServerBytes.Binary(new byte[Limit]));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Messages_keep_their_type(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private const int Limit = ConformanceController.MaxMessageSize;
}
