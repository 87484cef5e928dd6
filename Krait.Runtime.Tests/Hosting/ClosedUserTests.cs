using System.Net.WebSockets;
using Krait.Hosting;
using Krait.Rooms;

namespace Krait.Runtime.Tests.Hosting;

/// <summary>Orders to close the connections of a user, on their way to other servers.</summary>
public sealed class ClosedUserTests
{
    private static readonly DateTimeOffset At = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    [Theory]
    [InlineData("ann", null)]
    [InlineData("\u00e4nn", "locked \u00f6ut")]
    public void An_order_comes_back_as_it_went(string user, string? reason)
    {
        var order = new ClosedUser(user, 1008, reason, At);

        Assert.True(TryRead(order.Write(), out var read));
        Assert.Equal(order, read);
    }

    [Fact]
    public void An_order_that_is_cut_off_before_its_text_is_not_read()
    {
        var envelope = new ClosedUser("ann", 1008, null, At).Write();

        for (var cut = 1; cut <= 8 + 4 + 3; cut++)
            Assert.False(TryRead(envelope[..^cut], out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void An_order_with_a_time_that_does_not_exist_is_not_read(long time)
    {
        var envelope = new ClosedUser("ann", 1008, null, At).Write();
        BitConverter.TryWriteBytes(envelope.AsSpan(envelope.Length - 8 - 4 - 3), time);

        Assert.False(TryRead(envelope, out _));
    }

    [Fact]
    public void Other_messages_are_not_orders() =>
        Assert.False(TryRead(RoomEnvelope.Write(codec: 1, WebSocketMessageType.Binary, except: null, new byte[50]), out _));

    private static bool TryRead(byte[] bytes, out ClosedUser user)
    {
        Assert.True(RoomEnvelope.TryRead(bytes, out var envelope));
        return ClosedUser.TryRead(envelope.Codec, envelope.Payload.Span, out user);
    }
}
