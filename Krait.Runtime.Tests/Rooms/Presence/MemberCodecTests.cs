using System.Text.Json.Serialization;
using Krait.Rooms;

namespace Krait.Runtime.Tests.Rooms.Presence;

/// <summary>How members travel to other servers.</summary>
public sealed class MemberCodecTests
{
    [Fact]
    public void A_member_that_its_own_type_refuses_is_not_decoded() =>
        Assert.Null(new MemberCodec<StrictPerson>(StrictPersonJson.Default).Decode("""{"Name":""}"""u8));

    [Fact]
    public void A_member_is_decoded_as_it_was_encoded()
    {
        var codec = new MemberCodec<StrictPerson>(StrictPersonJson.Default);

        Assert.Equal("Ann", codec.Decode(codec.Encode(new("Ann")))?.Name);
    }
}

/// <summary>A member whose constructor throws.</summary>
internal sealed class StrictPerson
{
    public StrictPerson(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    public string Name { get; }
}

[JsonSerializable(typeof(StrictPerson))]
internal sealed partial class StrictPersonJson : JsonSerializerContext;
