using Krait.Generators.Tests.Harness;

namespace Krait.Generators.Tests.Snapshots;

public sealed class BindingTests
{
    [Fact]
    public Task Constructor_parameters_come_from_everywhere() => GeneratedCode.Verify("""
        using System.Diagnostics.CodeAnalysis;
        using System.Security.Claims;
        using Microsoft.AspNetCore.Mvc;

        public interface IClock;

        public sealed record Grade(char Letter) : IParsable<Grade>
        {
            public static Grade Parse(string s, IFormatProvider? provider) => new(s[0]);

            public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Grade result)
            {
                result = s is [var letter] ? new(letter) : null;
                return result is not null;
            }
        }

        [WebSocketController("/bind/{text}/{Number:int}/{id}/{day?}")]
        public sealed partial class BoundController(
            string text,
            int number,
            Guid id,
            DateOnly? day,
            [FromRoute(Name = "text")] string again,
            [FromQuery] string? search,
            [FromQuery(Name = "page-size")] int size,
            [FromQuery] Grade? grade,
            [FromHeader(Name = "X-Trace")] string? trace,
            [FromHeader] string host,
            IClock clock,
            IClock? optionalClock,
            [FromServices] IClock sameClock,
            [FromKeyedServices("utc")] IClock utc,
            [FromKeyedServices(1)] IClock? first,
            HttpContext context,
            UpgradeRequest request,
            ClaimsPrincipal user,
            CancellationToken aborted,
            [FromQuery] int page = 1,
            [FromQuery] string sort = "\"name\"",
            [FromQuery] decimal? price = null)
        {
            [OnMessage]
            string Tell(string message) => string.Join(
                ' ', message, text, number, id, day, again, search, size, grade, trace, host, clock, optionalClock, sameClock, utc, first,
                context, request, user, aborted, page, sort, price);
        }
        """);

    [Fact]
    public Task Enums_and_arrays_come_from_the_request() => GeneratedCode.Verify("""
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.Primitives;

        public enum Colour { Red, Blue }

        [WebSocketController("/bind/{colour}")]
        public sealed partial class ManyController(
            Colour colour,
            [FromQuery] Colour? maybe,
            [FromQuery] string[] tags,
            [FromQuery] string[]? optionalTags,
            [FromQuery] int[] ids,
            [FromQuery] Colour[] colours,
            [FromQuery(Name = "all")] StringValues values,
            [FromHeader(Name = "X-Ids")] Guid[]? guids,
            [FromHeader(Name = "X-Lines")] StringValues? lines,
            [FromQuery] Colour other = Colour.Blue,
            [FromQuery] Colour? third = Colour.Red,
            [FromQuery] DateOnly[]? days = null)
        {
            [OnMessage]
            string Tell(string message) => string.Join(
                ' ', message, colour, maybe, tags, optionalTags, ids, colours, values, guids, lines, other, third, days);
        }
        """);

    [Fact]
    public Task Hooks_bind_before_the_upgrade_and_run_after_it() => GeneratedCode.Verify("""
        using Microsoft.AspNetCore.Mvc;

        public interface IClock;

        [WebSocketController("/bind/{room}")]
        public sealed partial class HookController
        {
            [OnUpgrade]
            static ValueTask<UpgradeDecision> Check(string room, IClock clock, [FromQuery] int? age, HttpContext context) =>
                new(UpgradeDecision.Accept(room + clock + age + context));

            [OnOpen]
            string Open(string room, WebSocketConnection<string> connection, IClock clock, [FromQuery] int age = 18) =>
                room + connection.ConnectionId + clock + age;

            [OnMessage]
            void Handle(string message) => Console.WriteLine(message);
        }
        """);

    [Fact]
    public Task An_ordinary_constructor_may_be_internal() => GeneratedCode.Verify("""
        [WebSocketController("/one")]
        public sealed partial class OneController
        {
            private readonly ILogger<OneController> logger;

            internal OneController(ILogger<OneController> logger) => this.logger = logger;

            [OnMessage]
            void Log(string message) => logger.LogInformation("{Message}", message);
        }
        """);
}
