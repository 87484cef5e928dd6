using Krait.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Runtime.Tests.Rooms;

/// <summary>Rooms of structs where no code can be compiled at run time.</summary>
public sealed class StructRoomsTests
{
    [Fact]
    public void Rooms_of_a_struct_without_a_registration_say_what_to_call_under_Native_Aot()
    {
        var error = Assert.Throws<InvalidOperationException>(() => StructRooms.Demand<Guid>(new NativeServices(), isCompiledAhead: true));

        Assert.Equal(
            "Rooms of the struct 'System.Guid' need a registration under Native AOT: "
            + "call builder.Services.AddRooms<Guid>() before the application is built.",
            error.Message);
        Assert.Equal("no code", error.InnerException!.Message);
    }

    [Fact]
    public void Rooms_of_a_struct_with_a_registration_work_under_Native_Aot()
    {
        using var services = new ServiceCollection().AddRooms<Guid>().BuildServiceProvider();

        StructRooms.Demand<Guid>(services, isCompiledAhead: true);
    }

    [Fact]
    public void A_generic_struct_is_named_as_in_code() => Assert.Contains(
        "call builder.Services.AddRooms<ReadOnlyMemory<Byte>>() before",
        Assert.Throws<InvalidOperationException>(() => StructRooms.Demand<ReadOnlyMemory<byte>>(new NativeServices(), isCompiledAhead: true)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Rooms_of_a_class_need_no_registration() => StructRooms.Demand<string>(new NativeServices(), isCompiledAhead: true);

    [Fact]
    public void Rooms_need_no_registration_where_code_can_be_compiled() => StructRooms.Demand<Guid>(new NativeServices(), isCompiledAhead: false);

    /// <summary>Refuses open generic services, as those of Microsoft do for structs under Native AOT.</summary>
    private sealed class NativeServices : IServiceProvider
    {
        public object GetService(Type serviceType) => throw new InvalidOperationException("no code");
    }
}
