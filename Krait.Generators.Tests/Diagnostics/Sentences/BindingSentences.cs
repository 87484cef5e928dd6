using Krait.Generators.Diagnostics;
using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Diagnostics.Sentences;

/// <summary>What is said of parameters that nothing can be bound to: KRAIT025.</summary>
internal static class BindingSentences
{
    public static IReadOnlyList<Sentence> All { get; } =
    [
        Of("string [|name|]", "the route pattern has no {name}, and 'string' cannot be a service; add {name} to the pattern, or use [FromQuery] or [FromHeader]"),
        Of("Guid [|name|]", "the route pattern has no {name}, and 'Guid' cannot be a service; add {name} to the pattern, or use [FromQuery] or [FromHeader]"),
        Of("[|CloseInfo|] name", "the connection is not closed yet; take CloseInfo in [OnClose]"),
        Of("[|ref|] HttpContext name", "'ref' parameters are not supported; remove the modifier"),
        Of("[[|FromBody|]] string name", "an upgrade request has no body; take the value from the route, the query or a header"),
        Of("[FromQuery] [|Uri|] name", "'Uri' is not a string, an enum, an IParsable<T> or an array of these; take a string and convert it"),
        Of("[FromRoute(Name = \"id\")] [|int[]|] name", "a route value is a single value, but 'int[]' holds several; take a single value, or use [FromQuery] or [FromHeader]"),
        Of("[|WebSocketConnection|] name", "the connection does not exist before the upgrade; take it in [OnOpen], or use the property Connection after the upgrade"),
        Of("[FromKeyedServices([|typeof(Hidden)|])] HttpContext name", "generated code cannot reference the key of [FromKeyedServices]; use a constant that is visible in other files"),
        Of("[|IRoom<int>|] name", "'IRoom<int>' does not say which room; mark a parameter of the constructor with [Room(\"name\")], or take IRooms<int>"),
        Of("[|IRoom<int, object>|] name", "'IRoom<int, object>' does not say which room; mark a parameter of the constructor with [Room(\"name\")], or take IRooms<int, object>"),
        Of("[|IParsable<int>|] name", "'IParsable<int>' cannot be a service, because it has static abstract members; take a class, or an interface without them"),
        Of("[FromServices] [|IParsable<int>|] name", "'IParsable<int>' cannot be a service, because it has static abstract members; take a class, or an interface without them"),
        Of("[FromKeyedServices(\"a\")] [|Span<int>|] name", "'Span<int>' cannot be a service; take a class or an interface that is registered"),
        Of("[FromServices] [|dynamic|] name", "'dynamic' cannot be a service; take a class or an interface that is registered"),
        Of("[FromKeyedServices(\"a\")] [|TypedReference|] name", "'TypedReference' cannot be a service; take a class or an interface that is registered"),
        new(DiagnosticIds.Unbindable, "The parameter 'shop' cannot be bound: 'IShop' cannot be a service, because it has static abstract members; take a class, or an interface without them", """
            using Microsoft.AspNetCore.Mvc;

            public interface INamed { static abstract string Name { get; } }

            public interface IShop : INamed;

            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage] string Echo(string message, [FromServices] [|IShop|] shop) => message + shop;
            }
            """),
        new(DiagnosticIds.Unbindable, "The parameter 'count' cannot be bound: 'int' cannot be a service; take a class or an interface that is registered", """
            using Microsoft.AspNetCore.Mvc;

            [WebSocketController("/a")]
            public sealed partial class A
            {
                [OnMessage] string Echo(string message, [FromServices] [|int|] count) => message + count;
            }
            """),
        new(DiagnosticIds.Unbindable, "The parameter 'other' cannot be bound: the connection of this controller sends 'string'; take WebSocketConnection<string>", $$"""
            [WebSocketController("/a", Sends = typeof(string))]
            public sealed partial class A
            {
                [OnOpen] void Open([|WebSocketConnection<int>|] other) => Console.WriteLine(other);
            }
            """),
    ];

    private static Sentence Of(string parameter, string reason) => new(DiagnosticIds.Unbindable, $"The parameter 'name' cannot be bound: {reason}", $$"""
        using Microsoft.AspNetCore.Mvc;

        [WebSocketController("/{id}")]
        public sealed partial class A
        {
            internal A(string id, {{parameter}}) => Console.WriteLine(id + nameof(name));

            [OnMessage] string Echo(string message) => message;
        }

        file sealed class Hidden;
        """);
}
