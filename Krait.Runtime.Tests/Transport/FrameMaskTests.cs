using System.Runtime.InteropServices;
using Krait.Transport;

namespace Krait.Runtime.Tests.Transport;

public class FrameMaskTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(4_294_967_295)]
    public void Every_length_is_masked_as_if_byte_by_byte(long offset)
    {
        byte[] key = [0x11, 0x22, 0x44, 0x88];
        for (var length = 0; length <= 200; length++)
        {
            var payload = new byte[length];
            new Random(length).NextBytes(payload);
            var expected = payload.Select((value, i) => (byte)(value ^ key[(offset + i) % 4])).ToArray();

            FrameMask.Apply(payload, MemoryMarshal.Read<uint>(key), offset);

            Assert.Equal(expected, payload);
        }
    }
}
