using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class CloseSearchTests
{
    private static readonly Dictionary<string, (int Unread, byte[] Bytes, bool Found)> Cases = new()
    {
        ["a close"] = (0, ClientFrame.Close(1000, "why"), true),
        ["a close without a status"] = (0, ClientFrame.Close(), true),
        ["a close with a status that is not allowed"] = (0, ClientFrame.Close(1005), true),
        ["a close behind the rest of a payload"] = (3, [0x88, 0x80, 0x00, .. ClientFrame.Close(1000)], true),
        ["what looks like a close in a payload"] = (6, ClientFrame.Close(), false),
        ["a close behind messages, pings and pongs"] =
            (0, [.. ClientFrame.Binary(new byte[70_000]), .. ClientFrame.Ping(1), .. ClientFrame.Pong(2), .. ClientFrame.Close(1000)], true),
        ["a close inside a message"] = (0, [.. ClientFrame.Text("a", isFinal: false), .. ClientFrame.Close(1000)], true),
        ["a close behind a continuation of nothing"] = (0, [.. ClientFrame.Continuation([1]), .. ClientFrame.Close(1000)], true),
        ["half a close"] = (0, ClientFrame.Close(1000)[..^1], false),
        ["a header of a close"] = (0, ClientFrame.Close(1000)[..6], false),
        ["no close"] = (0, ClientFrame.Text("a"), false),
        ["a close behind broken framing"] = (0, [0x81, 0x01, 0x61, .. ClientFrame.Close(1000)], false),
        ["a close in a frame that is too long"] = (0, [0x88, 0xFE, .. ClientFrame.Close(1000)], false),
    };

    public static TheoryData<string, int> Rows => [.. from name in Cases.Keys from size in (int[])[1, 7, 100_000] select (name, size)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_close_frame_is_found_where_framing_holds_however_the_bytes_come(string row, int pieceSize)
    {
        var (unread, bytes, found) = Cases[row];
        var search = new CloseSearch(unread, mayCompress: false);

        foreach (var piece in bytes.Chunk(pieceSize))
            search.Read(piece);

        Assert.Equal(found, search.IsFound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_compressed_frame_is_one_only_where_compression_was_agreed_on(bool mayCompress)
    {
        var search = new CloseSearch(0, mayCompress);

        search.Read([.. ClientFrame.Header(0xC1, 0), .. ClientFrame.Close(1000)]);

        Assert.Equal(mayCompress, search.IsFound);
    }

    private static readonly Dictionary<string, (int Unread, byte[] Bytes, bool InMessage)> Messages = new()
    {
        ["nothing"] = (0, [], true),
        ["a frame that ends the message"] = (0, ClientFrame.Binary([1, 2]), false),
        ["most of a frame that ends the message"] = (0, ClientFrame.Binary([1, 2])[..^1], true),
        ["a frame that does not end the message"] = (0, ClientFrame.Binary([1, 2], isFinal: false), true),
        ["a ping inside the message"] = (0, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Ping(1)], true),
        ["the last of three frames"] = (0, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Ping(1), .. ClientFrame.Continuation([])], false),
        ["a close inside the message"] = (0, [.. ClientFrame.Binary([1], isFinal: false), .. ClientFrame.Close(1001)], false),
        ["broken framing"] = (0, [0x81, 0x01, 0x61], false),
    };

    public static TheoryData<string, int> MessageRows => [.. from name in Messages.Keys from size in (int[])[1, 7, 100_000] select (name, size)];

    [Theory]
    [MemberData(nameof(MessageRows))]
    public void The_end_of_a_message_is_found_where_framing_holds_however_the_bytes_come(string row, int pieceSize)
    {
        var (unread, bytes, inMessage) = Messages[row];
        var search = new CloseSearch(unread, mayCompress: false, isInMessage: true);

        foreach (var piece in bytes.Chunk(pieceSize))
            search.Read(piece);

        Assert.Equal(inMessage, search.IsInMessage);
    }
}
