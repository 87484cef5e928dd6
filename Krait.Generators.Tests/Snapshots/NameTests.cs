using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class NameTests
{
    [Fact]
    public Task Outer_types_repeat_their_own_kind() => GeneratedCode.Verify("""
        namespace Outer.Space;

        public partial record Planet(string Name)
        {
            internal partial record struct Moon
            {
                public partial interface ICrater
                {
                    public readonly ref partial struct Hole
                    {
                        public static partial class Deep
                        {
                            [WebSocketController("/deep")]
                            internal sealed partial class DeepController
                            {
                                [OnMessage]
                                string Echo(string message) => message;
                            }
                        }
                    }
                }
            }
        }
        """);

    [Fact]
    public Task Keywords_as_names() => GeneratedCode.Verify("""
        #pragma warning disable CS8981
        using Microsoft.AspNetCore.Mvc;

        namespace @namespace.@using;

        [WebSocketController("/{event}")]
        public sealed partial class @class(string @event, [FromQuery] string? @this)
        {
            [OnOpen]
            string @new() => @event + @this;

            [OnMessage]
            string @return(string @params, CancellationToken @default) => @params + @default;

            [OnError]
            string @catch(Exception @throw) => @throw.Message;

            [OnClose]
            void @finally(CloseInfo @void) => Console.WriteLine(@void);
        }
        """);

    [Fact]
    public Task Keywords_as_names_of_outer_types() => GeneratedCode.Verify("""
        #pragma warning disable CS8981
        public partial class @class
        {
            public partial struct @struct
            {
                [WebSocketController("/nested")]
                public sealed partial class @event
                {
                    [OnMessage]
                    string @return(string @params) => @params;
                }
            }
        }
        """);

    [Fact]
    public Task Unicode_names() => GeneratedCode.Verify("""
        namespace Çağrı.Größe.部屋;

        [WebSocketController("/räume/{straße}")]
        public sealed partial class İstasyonController(string straße)
        {
            [OnMessage]
            string Ответить(string вопрос) => straße + вопрос;
        }
        """);

    [Fact]
    public Task The_global_namespace() => GeneratedCode.Verify("""
        [WebSocketController("/global")]
        public sealed partial class GlobalController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task Namespaces_and_types_that_hide_those_of_the_framework() => GeneratedCode.Verify("""
        namespace App.Krait.System
        {
            public sealed class String;

            public sealed class Func;

            public sealed class Exception;

            public sealed class CancellationToken;

            [WebSocketController("/hidden")]
            public sealed partial class HiddenController
            {
                [OnMessage]
                string Echo(string message) => message;

                [OnError]
                string Fail(global::System.Exception error) => error.Message;

                private static class Task;

                private static class WebSocketConnection;
            }
        }

        namespace App.Krait.CompilerServices
        {
            public static class Replies;
        }

        namespace App.Microsoft
        {
            public static class AspNetCore;
        }
        """);

    [Fact]
    public Task Members_of_the_user_do_not_disturb_the_generated_ones() => GeneratedCode.Verify("""
        [WebSocketController("/members")]
        public sealed partial class MemberController(
            [Microsoft.AspNetCore.Mvc.FromQuery] string? connection,
            [Microsoft.AspNetCore.Mvc.FromQuery] int self,
            HttpContext binder)
        {
            private readonly int message = self;

            private readonly int field = self;

            private static string Reply => "";

            private string Reason { get; } = connection ?? binder.ToString() ?? Reply;

            [OnMessage]
            string Replies(string controller) => controller + message + field + Reason;

            [OnClose]
            void Closed(CloseInfo value) => Console.WriteLine(value);
        }
        """);

    [Fact]
    public Task Controllers_that_differ_in_case_only_get_files_of_their_own() => GeneratedCode.Verify("""
        [WebSocketController("/lower")]
        public sealed partial class Room
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }

        [WebSocketController("/upper")]
        public sealed partial class ROOM
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task A_controller_of_many_parts_gets_one_file() => GeneratedCode.Verify("""
        [WebSocketController("/parts")]
        public sealed partial class PartController
        {
            [OnMessage]
            void Hear(string message) => Console.WriteLine(message);
        }

        [Obsolete]
        partial class PartController
        {
            [OnClose]
            void End(CloseInfo info) => Console.WriteLine(info);
        }
        """);
}
