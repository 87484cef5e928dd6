using System.Text;
using Krait.Controllers;

namespace Krait.Runtime.Tests.Controllers;

public sealed class CloseStatusesTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1003)]
    [InlineData(1011)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void A_status_of_the_protocol_or_of_the_application_may_be_sent(int status) => CloseStatuses.Demand(status);

    [Theory]
    [InlineData(0)]
    [InlineData(999)]
    [InlineData(1004)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void A_reserved_status_may_not_be_sent(int status) => Assert.Throws<ArgumentException>(() => CloseStatuses.Demand(status));

    [Fact]
    public void A_reason_that_fits_stays_as_it_is() => Assert.Equal(new string('a', 123), CloseStatuses.Cut(new string('a', 123)));

    [Theory]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void A_reason_that_is_too_long_is_cut_at_a_character(string character)
    {
        var cut = CloseStatuses.Cut("x" + string.Concat(Enumerable.Repeat(character, 100)));
        Assert.InRange(Encoding.UTF8.GetByteCount(cut!), 119, 123);
        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(cut!)));
    }
}
