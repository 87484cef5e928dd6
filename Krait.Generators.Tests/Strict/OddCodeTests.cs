using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Strict;

/// <summary>What C# allows and few people write: generated code compiles beside it.</summary>
public sealed class OddCodeTests
{
    [Fact]
    public async Task Private_arguments_of_an_outer_type() => await Generates("""
        public static class Box<T>
        {
            public sealed record Item(string Text);
        }

        [MessageCodec(typeof(Codec))]
        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] Box<Hidden>.Item Hear(Box<Hidden>.Item message) => message;

            private sealed class Hidden;

            private sealed class Codec : IMessageCodec<Box<Hidden>.Item>
            {
                public Box<Hidden>.Item Decode(in ReceivedMessage message) => new("");

                public System.Net.WebSockets.WebSocketMessageType Encode(Box<Hidden>.Item message, System.Buffers.IBufferWriter<byte> output) => default;
            }
        }
        """);

    [Fact]
    public async Task Tuples_among_several_messages() => await Generates("""
        public sealed class Codec : IMessageDecoder<object>
        {
            public object Decode(in ReceivedMessage message) => "";
        }

        [MessageCodec(typeof(Codec))]
        [WebSocketController("/a", Receives = typeof(object))]
        public sealed partial class A
        {
            [OnMessage] void Hear((int Id, string? Text) message) => Console.WriteLine(message.Text);

            [OnMessage] void Hear(string message) => Console.WriteLine(message);

            [OnError] void Fail(Exception error, (int Id, string? Text)? message) => Console.WriteLine(error + message?.Text);
        }
        """);

    [Fact]
    public async Task A_tuple_whose_names_the_context_does_not_list() => await Generates("""
        [System.Text.Json.Serialization.JsonSerializable(typeof((int, string)))]
        [System.Text.Json.Serialization.JsonSourceGenerationOptions(IncludeFields = true)]
        internal sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;

        [WebSocketController("/a")]
        public sealed partial class A
        {
            [OnMessage] void Hear((int Id, string Text) message) => Console.WriteLine(message.Text);
        }
        """);

    [Fact]
    public async Task Names_that_generated_code_uses_itself() => await Generates("""
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/a")]
        public sealed partial class A([FromQuery] string bind, [FromQuery] string controller, [FromQuery] string message)
        {
            [OnOpen]
            string Enter(
                [FromQuery] string bind, [FromQuery] string bindValue, [FromQuery] string connection, [FromQuery] string connectionValue, [FromQuery] string controller,
                [FromQuery] string message) => bind + bindValue + connection + connectionValue + controller + message + Names;

            [OnMessage] string Hear(string message) => message;

            private string Names => bind + controller + message;
        }
        """);

    [Fact]
    public async Task An_outer_type_in_lower_case() => await Generates("""
        #pragma warning disable CS8981
        public static partial class rooms
        {
            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage] string Echo(string message) => message;
            }
        }
        """);

    [Fact]
    public async Task Default_values_that_attributes_say()
    {
        var run = await Generates("""
            using System.Runtime.CompilerServices;
            using System.Runtime.InteropServices;
            using Microsoft.AspNetCore.Mvc;

            [WebSocketController("/a")]
            public sealed partial class A([FromQuery, Optional, DateTimeConstant(1234)] DateTime at, [FromQuery, Optional, DefaultParameterValue(7)] int count, [FromQuery] decimal price = 1.5m)
            {
                [OnMessage] string Echo(string message) => message + at + count + price;
            }
            """);

        Assert.Contains(".Parse<global::System.DateTime>(new global::System.DateTime(1234L))", run.Texts.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_behind_an_extern_alias()
    {
        var library = UserProject.Compile("namespace Shops; public sealed record Shop<T>(T Name); public sealed class ShopAttribute : System.Attribute;");
        await GeneratedCode.Generate(UserProject.Compile("""
            extern alias shop;
            #pragma warning disable CS1591

            [shop::Shops.Shop]
            [WebSocketController("/a")]
            public sealed partial class A(shop::Shops.Shop<List<shop::Shops.Shop<int>>> shop)
            {
                [OnOpen] string Enter() => shop.Name.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            """).AddReferences(library.ToReference().WithAliases(["shop"])));
    }

    [Fact]
    public async Task Nullable_arguments_that_a_constraint_does_not_allow() => await Generates("""
        #pragma warning disable CS8714, CS8634
        using Microsoft.AspNetCore.Mvc;

        public sealed class Cache<T>
            where T : class;

        public sealed record Page<T>(T Key)
            where T : notnull;

        public sealed class Codec : IMessageCodec<Page<string?>>
        {
            public Page<string?> Decode(in ReceivedMessage message) => new("");

            public System.Net.WebSockets.WebSocketMessageType Encode(Page<string?> message, System.Buffers.IBufferWriter<byte> output) => default;
        }

        [MessageCodec(typeof(Codec))]
        [WebSocketController("/a")]
        public sealed partial class A(Cache<string?> cache)
        {
            [OnMessage] Page<string?> Hear(Page<string?> message, [FromServices] Cache<string?> own) => cache == own ? message : new(null);
        }
        """);

    [Fact]
    public async Task A_base_class_whose_fields_are_called_like_generated_members() => await Generates("""
        public abstract class Named
        {
            protected readonly string connection = "";
            protected readonly string stopping = "";
        }

        [WebSocketController("/a")]
        public partial class A : Named
        {
            [OnMessage] string Echo(string message) => message + connection + stopping;
        }
        """);

    [Fact]
    public async Task A_handler_that_overrides_what_is_obsolete() => await Generates("""
        public abstract class Hearing
        {
            protected abstract string Hear(string message);
        }

        [WebSocketController("/a")]
        public sealed partial class A : Hearing
        {
            [OnMessage] protected override string Hear(string message) => message;
        }
        """);

    private static Task<GeneratorRun> Generates(string source) => GeneratedCode.Generate(UserProject.Compile("#pragma warning disable CS1591\n" + source));
}
