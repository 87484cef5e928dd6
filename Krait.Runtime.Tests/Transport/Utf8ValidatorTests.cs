using System.Text;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class Utf8ValidatorTests
{
    public static TheoryData<string> Texts => ["", "ascii", "κόσμε", "\u0000\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFD\uFFFF", "\U00010000\U0010FFFF", "a\u00E9\u20AC\U0001F600z"];

    // Each with the index of the first byte that no continuation can mend.
    public static TheoryData<byte[], int> Faults => new()
    {
        { [0x80], 0 },
        { [0xC0], 0 },
        { [0xC1, 0x80], 0 },
        { [0xC3, 0x28], 1 },
        { [0xE0, 0x9F], 1 },
        { [0xE2, 0x82, 0x28], 2 },
        { [0xED, 0xA0], 1 },
        { [0xF0, 0x8F], 1 },
        { [0xF0, 0x90, 0x28], 2 },
        { [0xF0, 0x90, 0x80, 0x28], 3 },
        { [0xF4, 0x90], 1 },
        { [0xF5], 0 },
        { [0xFF], 0 },
        { [0x61, 0xCE, 0xBA, 0xE1, 0xBD, 0xB9, 0xED, 0xA0, 0x80], 7 },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_is_valid_however_it_is_split(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var validator = new Utf8Validator();
                Assert.True(validator.Append(bytes.AsSpan(..first)) && validator.Append(bytes.AsSpan(first..second)) && validator.Append(bytes.AsSpan(second..)));
                Assert.True(validator.IsComplete);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_found_at_its_first_byte_however_the_text_is_split(byte[] bytes, int faultAt)
    {
        for (var split = 0; split <= faultAt; split++)
        {
            var validator = new Utf8Validator();
            Assert.True(validator.Append(bytes.AsSpan(..split)));
            Assert.True(validator.Append(bytes.AsSpan(split..faultAt)));
            Assert.False(validator.Append(bytes.AsSpan(faultAt, 1)));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xE2, 0x82 })]
    [InlineData(new byte[] { 0xF0, 0x9F, 0x98 })]
    public void Text_that_ends_inside_a_character_is_not_complete(byte[] bytes)
    {
        var validator = new Utf8Validator();

        Assert.True(validator.Append(bytes));
        Assert.False(validator.IsComplete);
    }
}
