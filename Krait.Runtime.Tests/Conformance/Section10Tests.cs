using Krait.Runtime.Tests.EndToEnd;
using Krait.Runtime.Tests.Transport;
using Krait.Transport;

namespace Krait.Runtime.Tests.Conformance;

/// <summary>RFC 6455, section 10: what clients may try.</summary>
[Trait("Category", "Slow")]
public class Section10Tests(ConformanceServer server)
{
    private static readonly ConformanceTable Table = new ConformanceTable()
        .Fails("one byte more than the limit is declared", 1009, ClientFrame.Header(0x82, Limit + 1))
        .Fails("2^31 bytes are declared", 1009, ClientFrame.Header(0x82, 1L << 31))
        .Fails("2^62 bytes are declared", 1009, ClientFrame.Header(0x82, 1L << 62))
        .Fails("2^63 - 1 bytes are declared", 1009, ClientFrame.Header(0x81, long.MaxValue))
        .Fails("2^62 bytes are declared of a continuation", 1009, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Header(0x80, 1L << 62)])
        .Fails("fragments are too large together", 1009, [.. ClientFrame.Binary(new byte[Limit], isFinal: false), .. ClientFrame.Header(0x80, 1)])
        .Fails("a message that is too large comes behind one that is not", 1009, [.. ClientFrame.Text("a"), .. ClientFrame.Header(0x82, Limit + 1)], ServerBytes.Text("a"))
        .Fails("empty fragments never end", 1009, Fragments(0, MostFragments + 1))
        .Fails("fragments of one byte never end", 1009, Fragments(1, MostFragments + 1))
        .Answers("as many empty fragments as a message may have", [.. Fragments(0, MostFragments - 1), .. ClientFrame.Continuation([])], ServerBytes.Binary())
        .Answers("many messages of many fragments", Many([.. Fragments(1, 200), .. ClientFrame.Continuation([])], 20), Many(ServerBytes.Binary(new byte[200]), 20))
        .Answers("pongs that nobody asked for", Many(ClientFrame.Pong(new byte[125]), 2000))
        .AddEach(Violations, static (table, violation) => table.Add(new($"after {violation.Status} nothing is read", [.. violation.Bytes, .. ClientFrame.Text("late"), .. ClientFrame.Ping(1)])
        {
            End = CaseEnd.ServerFails,
            Status = violation.Status,
        }));

    public static TheoryData<Wire, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public Task Misbehaviour_is_bounded(Wire wire, string row) => ConformanceRunner.RunAsync(server, wire, Table[row]);

    private const int Limit = ConformanceController.MaxMessageSize;
    private const int MostFragments = FragmentBudget.FreeFragments + (Limit / FragmentBudget.LeastCost);

    private static (int Status, byte[] Bytes)[] Violations =>
        [(1002, ClientFrame.Header(0xF1, 0)), (1007, ClientFrame.Of(FrameOpcode.Text, [0xFF])), (1009, ClientFrame.Header(0x82, Limit + 1))];

    [Theory]
    [InlineData(Wire.Http1, 20_000)]
    [InlineData(Wire.Tls, 20_000)]
    [InlineData(Wire.Http2, 4_000)]
    [InlineData(Wire.CompressedAnswers, 20_000)]
    public async Task A_client_that_pings_and_does_not_read_finds_the_answer_to_its_latest_ping_when_it_reads(Wire wire, int pings)
    {
        var (connection, ended) = await server.ConnectAsync(wire);
        using (connection)
        {
            foreach (var part in Enumerable.Range(1, pings).Select(i => ClientFrame.Ping(PayloadOf(i))).Chunk(100))
                await connection.SendAsync(ConformanceTable.Join(part)).InTime();

            var pongs = 0;
            byte[] payload;
            do
            {
                Assert.Equal(ServerBytes.Pong(new byte[125])[..2], await connection.ReadUpToAsync(2).InTime());
                payload = await connection.ReadUpToAsync(125).InTime();
                pongs++;
            }
            while (!payload.AsSpan().SequenceEqual(PayloadOf(pings)));

            Assert.InRange(pongs, 1, pings - 1);
            await connection.SendAsync(ClientFrame.Close(1000)).InTime();
            Assert.Equal(0x88, (await connection.ReadUpToAsync(2).InTime())[0]);
            await connection.FinishAsync();
            Assert.Equal(CloseCause.ClientClosed, (await ended.InTime()).Cause);
        }

        server.AssertNoErrors();
    }

    private static byte[] PayloadOf(int ping)
    {
        var payload = new byte[125];
        BitConverter.TryWriteBytes(payload, ping);
        return payload;
    }

    private static byte[] Fragments(int size, int count) =>
        [.. ClientFrame.Binary(new byte[size], isFinal: false), .. Many(ClientFrame.Continuation(new byte[size], isFinal: false), count - 1)];

    private static byte[] Many(byte[] frame, int count) => ConformanceTable.Join(Enumerable.Repeat(frame, count));
}
