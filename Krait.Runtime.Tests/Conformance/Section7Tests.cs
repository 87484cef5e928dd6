using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 7: closing the connection.</summary>
[Trait("Category", "Slow")]
public class Section7Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Closes("a close without a status", 1005, ClientFrame.Close())
        .AddEach([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999], static (table, status) => table
            .Closes($"status {status}", status, ClientFrame.Close(status))
            .Closes($"status {status} with a reason", status, ClientFrame.Close(status, "why not \u20AC")))
        .AddEach([0, 1, 100, 999, 1004, 1005, 1006, 1015, 1016, 1099, 1100, 1999, 2000, 2999, 5000, 5001, 32768, 65535], static (table, status) => table
            .Fails($"forbidden status {status}", 1002, ClientFrame.Close(status))
            .Fails($"forbidden status {status} with a reason", 1002, ClientFrame.Close(status, "why not")))
        .AddEach([0x00, 0x03, 0xE8, 0xFF], static (table, half) => table.Fails($"half a status, {half:X2}", 1002, ClientFrame.Close((byte)half)))
        .Closes("a reason of 123 bytes", 1000, ClientFrame.Close(1000, new string('x', 123)))
        .Fails("a reason of 124 bytes", 1002, ClientFrame.Close(1000, new string('x', 124)))
        .Fails("a reason that is no UTF-8", 1007, ClientFrame.Close(0x03, 0xE8, 0xC3, 0x28))
        .Fails("a reason that ends inside a character", 1007, ClientFrame.Close(0x03, 0xE8, 0xE2, 0x82))
        .Closes("messages before a close", 1000, [.. ClientFrame.Text("a"), .. ClientFrame.Binary([1]), .. ClientFrame.Close(1000)], ServerBytes.Text("a"), ServerBytes.Binary(1))
        .Closes("a message behind a close", 1000, [.. ClientFrame.Close(1000), .. ClientFrame.Text("late")])
        .Closes("a second close", 1000, [.. ClientFrame.Close(1000), .. ClientFrame.Close(1001)])
        .Closes("nonsense behind a close", 1000, [.. ClientFrame.Close(1000), 0xFF, 0xFF, 0xFF])
        .Add(new("a close, while the client goes on sending", ClientFrame.Close(1000)) { GoesOnSending = true, End = CaseEnd.ClientCloses, Status = 1000 })
        .Closes("a close inside a message", 4001, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Close(4001)])
        .Add(new("a close byte by byte", ClientFrame.Close(1000, "slowly")) { IsByteByByte = true, End = CaseEnd.ClientCloses, Status = 1000 })
        .Add(new("a close in the same segment as the request", ClientFrame.Close(1000)) { IsEarly = true, End = CaseEnd.ClientCloses, Status = 1000 })
        .Add(new("a close, and a reset at the answer", ClientFrame.Close(1000)) { End = CaseEnd.ClientCloses, Status = 1000, ResetsAtTheClose = true })
        .AddEach(Violations, static (table, violation) => table.Add(new($"{violation.Status}, and a reset at the answer", violation.Bytes)
        {
            End = CaseEnd.ServerFails,
            Status = violation.Status,
            ResetsAtTheClose = true,
        }))
        .Vanishes("nothing", [])
        .Vanishes("one byte of a header", [0x81])
        .Vanishes("half a header", ClientFrame.Header(0x82, 70_000)[..5])
        .Vanishes("a header without its payload", ClientFrame.Header(0x82, 1000))
        .Vanishes("half a payload", ClientFrame.Binary(new byte[1000])[..500])
        .Vanishes("a fragment", ClientFrame.Text("a", isFinal: false))
        .Vanishes("half a ping", ClientFrame.Ping(1, 2, 3)[..7])
        .Vanishes("half a close", ClientFrame.Close(1000)[..6])
        .Vanishes("a message", ClientFrame.Text("a"), ServerBytes.Text("a"))
        .Vanishes("a ping", ClientFrame.Ping(1), ServerBytes.Pong(1))
        .AddEach(Violations, static (table, violation) => table.Add(new($"{violation.Status}, while the client goes on sending", violation.Bytes)
        {
            GoesOnSending = true,
            End = CaseEnd.ServerFails,
            Status = violation.Status,
        }));

    private static readonly ConformanceTable Endings = new ConformanceTable()
        .AddEach(Violations, static (table, violation) => table.AddEach([CaseAnswer.Closes, CaseAnswer.KeepsQuiet], (inner, answer) => inner
            .Add(new($"{violation.Status}, and the client {answer}", violation.Bytes)
            {
                End = CaseEnd.ServerFails,
                Status = violation.Status,
                Answer = answer,
            })))
        .AddEach(ViolationsBeforeAClose, static (table, violation) => table.Add(new(violation.Name, violation.Bytes)
        {
            End = CaseEnd.ServerFails,
            Status = violation.Status,
            Answer = CaseAnswer.KeepsQuiet,
            WasClean = violation.IsFound,
        }));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Connections_close_as_they_should(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    public static TheoryData<Wire, string> RowsOfEndings => Endings.Rows;

    [Theory]
    [MemberData(nameof(RowsOfEndings))]
    public Task After_a_violation_the_server_ends_the_connection_first_and_without_a_reset(Wire wire, string row) =>
        ConformanceRunner.RunAsync(server, wire, Endings[row]);

    private static (string Name, int Status, byte[] Bytes, bool IsFound)[] ViolationsBeforeAClose =>
    [
        ("a close behind a frame without a mask", 1002, [0x81, 0x01, 0x61, .. ClientFrame.Close(1000)], false),
        ("a close behind a continuation of nothing", 1002, [.. ClientFrame.Continuation([1]), .. ClientFrame.Close(1000)], true),
        ("a close behind text that is no UTF-8", 1007, [.. ClientFrame.Of(FrameOpcode.Text, [0xFF]), .. ClientFrame.Close(1000)], true),
        (
            "a close behind a message that is too large",
            1009,
            [.. ClientFrame.Binary(new byte[ConformanceController.MaxMessageSize + 1]), .. ClientFrame.Close(1000)],
            true
        ),
        ("a close with a forbidden status, and nothing else", 1002, ClientFrame.Close(1005), true),
    ];

    private static (int Status, byte[] Bytes)[] Violations =>
    [
        (1002, [0x81, 0x01, 0x61]),
        (1007, ClientFrame.Of(FrameOpcode.Text, [0xFF])),
        (1009, ClientFrame.Header(0x82, ConformanceController.MaxMessageSize + 1)),
    ];
}
