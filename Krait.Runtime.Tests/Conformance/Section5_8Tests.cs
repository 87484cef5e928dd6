using Krait.Runtime.Tests.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 5.8: extensibility. No extension is agreed on here, whatever the client offers.</summary>
public class Section5_8Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .AddEach(["permessage-deflate", "permessage-deflate; client_max_window_bits", "x-webkit-deflate-frame, foo; bar=\"baz, qux\"", ";=,"], static (table, offer) => table
            .Add(new($"the offer {offer}", ClientFrame.Text("plain")) { IsOfPlainWires = true, Extensions = offer, Receives = ServerBytes.Text("plain") })
            .Add(new($"a compressed message after the offer {offer}", ClientFrame.Header(0xC1, 0)) { IsOfPlainWires = true, Extensions = offer, End = CaseEnd.ServerFails, Status = 1002 })
            .Add(new($"an opcode of its own after the offer {offer}", ClientFrame.Header(0x83, 0)) { IsOfPlainWires = true, Extensions = offer, End = CaseEnd.ServerFails, Status = 1002 }));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Nothing_is_extended_that_was_not_agreed_on(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);
}
