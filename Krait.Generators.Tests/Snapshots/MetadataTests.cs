using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class MetadataTests
{
    [Fact]
    public Task Attributes_of_the_class_become_endpoint_metadata() => GeneratedCode.Verify("""
        using Microsoft.AspNetCore.Authorization;
        using Microsoft.AspNetCore.RateLimiting;

        [Authorize(Roles = "admin", Policy = "strict")]
        [Authorize("second")]
        [EnableRateLimiting("fixed")]
        [Tags("one", "two")]
        [WebSocketController("/meta")]
        public sealed partial class MetaController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Arguments_of_every_kind_are_written_out() => GeneratedCode.Verify("""
        namespace Meta;

        [Flags]
        public enum Colors
        {
            Red = 1,
            Blue = 2,
        }

        public sealed class KindsAttribute(object? anything, params object?[] rest) : Attribute
        {
            public object? Anything { get; } = anything;

            public object?[] Rest { get; } = rest;

            public Colors Colors { get; set; }

            public Type? Type { get; set; }

            public string[]? Names { get; set; }

            public string? @default;
        }

        [Kinds(
            null,
            'x', '\'', "quote \" backslash \\ line \n bell \a \u2028", true, (byte)1, (sbyte)-1, (short)-2, (ushort)2, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
            1.5f, float.NaN, 0.1, double.NegativeInfinity, -0.0, Colors.Red | Colors.Blue, (Colors)64, typeof(int), typeof(Dictionary<,>), typeof(List<string>), typeof(int[]),
            new object?[] { 1, "two", null },
            Colors = (Colors)(-1),
            Type = typeof(Meta.KindsAttribute),
            Names = new[] { "a", "b" },
            @default = "{0}")]
        [WebSocketController("/kinds")]
        public sealed partial class KindController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Attributes_of_base_classes_are_inherited_as_their_usage_says() => GeneratedCode.Verify("""
        namespace Meta;

        [AttributeUsage(AttributeTargets.Class)]
        public sealed class SingleAttribute(string from) : Attribute
        {
            public string From { get; } = from;
        }

        [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
        public sealed class ManyAttribute(string from) : Attribute
        {
            public string From { get; } = from;
        }

        [AttributeUsage(AttributeTargets.Class, Inherited = false)]
        public sealed class OwnAttribute(string from) : Attribute
        {
            public string From { get; } = from;
        }

        [Single("first")]
        [Many("first")]
        [Own("first")]
        public abstract class First;

        [Single("second")]
        [Many("second")]
        [Own("second")]
        public abstract class Second : First;

        [Many("controller")]
        [WebSocketController("/inherited")]
        public sealed partial class InheritingController : Second
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task An_obsolete_controller_raises_no_warning_in_generated_code() => GeneratedCode.Verify("""
        [Obsolete("Use the other one.")]
        [WebSocketController("/obsolete")]
        public sealed partial class ObsoleteController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task An_attribute_that_only_the_controller_sees_is_kept_and_those_of_the_compiler_are_left_out() => GeneratedCode.Verify("""
        [Hidden]
        [System.Diagnostics.CodeAnalysis.SuppressMessage("Category", "Id")]
        [System.Diagnostics.DebuggerDisplay("{ToString()}")]
        [WebSocketController("/hidden")]
        public sealed partial class HiddenController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);

            private sealed class HiddenAttribute : Attribute;
        }
        """);
}
