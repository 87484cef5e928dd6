using System.Globalization;
using System.Net;
using System.Security.Claims;
using Krait.CompilerServices;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace Krait.Runtime.Tests.Upgrading;

public class BindingTests
{
    private readonly DefaultHttpContext _context = new();

    private UpgradeBinder Binder => new(new(_context), RequestScopes.Of(_context), RequestScopes.NoServices);

    [Fact]
    public void A_route_value_is_text()
    {
        _context.Request.RouteValues["room"] = "lobby";

        Assert.Equal("lobby", Binder.Route("ROOM").Text());
    }

    [Fact]
    public void A_route_value_that_a_default_of_the_pattern_gave_is_text_too()
    {
        _context.Request.RouteValues["page"] = 1.5;

        Assert.Equal("1.5", Binder.Route("page").Text());
    }

    [Fact]
    public void Values_are_parsed_with_the_invariant_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            _context.Request.QueryString = new("?price=1.5");

            Assert.Equal(1.5m, Binder.Query("price").Parse<decimal>());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_first_of_several_query_values_is_taken()
    {
        _context.Request.QueryString = new("?id=1&id=2");

        Assert.Equal(1, Binder.Query("id").Parse<int>());
    }

    [Fact]
    public void Several_headers_are_joined()
    {
        _context.Request.Headers["X-Tag"] = new StringValues(["a", "b"]);

        Assert.Equal("a,b", Binder.Header("x-tag").Text());
    }

    [Fact]
    public void What_is_missing_takes_the_default()
    {
        Assert.Equal(7, Binder.Query("page").Parse(7));
        Assert.Equal("all", Binder.Query("page").Text("all"));
        Assert.Null(Binder.Query("page").TextOrNull());
        Assert.Null(Binder.Query("page").ParseNullable<int>());
        Assert.Null(Binder.Query("page").ParseOrNull<IPAddress>());
    }

    [Fact]
    public void What_is_there_is_parsed_whether_it_had_to_be_or_not()
    {
        _context.Request.QueryString = new("?page=3&address=::1");

        Assert.Equal(3, Binder.Query("page").Parse(7));
        Assert.Equal(3, Binder.Query("page").ParseNullable<int>());
        Assert.Equal(IPAddress.IPv6Loopback, Binder.Query("address").ParseOrNull<IPAddress>());
        Assert.Equal("3", Binder.Query("page").Text("all"));
        Assert.Equal("3", Binder.Query("page").TextOrNull());
    }

    [Fact]
    public void What_is_missing_is_named_with_what_was_expected()
    {
        Assert.Equal("The query value 'page' is missing; expected a GUID.", Refusal(() => Binder.Query("page").Parse<Guid>()));
        Assert.Equal("The route value 'room' is missing; expected text.", Refusal(() => Binder.Route("room").Text()));
        Assert.Equal("The header 'X-Id' is missing; expected true or false.", Refusal(() => Binder.Header("X-Id").Parse<bool>()));
    }

    [Fact]
    public void What_does_not_parse_is_named_with_what_was_expected()
    {
        _context.Request.QueryString = new("?page=many");

        const string Expected = "The query value 'page' is 'many'; expected a whole number from 0 to 255.";
        Assert.Equal(Expected, Refusal(() => Binder.Query("page").Parse<byte>()));
        Assert.Equal(Expected, Refusal(() => Binder.Query("page").Parse<byte>(1)));
        Assert.Equal(Expected, Refusal(() => Binder.Query("page").ParseNullable<byte>()));
        Assert.Equal("The query value 'page' is 'many'; expected a value of type IPAddress.", Refusal(() => Binder.Query("page").ParseOrNull<IPAddress>()));
    }

    [Fact]
    public void An_empty_value_is_not_a_missing_one()
    {
        _context.Request.QueryString = new("?page=");

        Assert.Equal("", Binder.Query("page").Text("default"));
        Assert.Equal("The query value 'page' is ''; expected a number.", Refusal(() => Binder.Query("page").Parse(1.0)));
    }

    [Fact]
    public void A_refusal_repeats_64_characters_of_the_value_at_most()
    {
        _context.Request.QueryString = new("?page=" + new string('x', 1000));

        Assert.Equal($"The query value 'page' is '{new string('x', 64)}'; expected a number.", Refusal(() => Binder.Query("page").Parse<double>()));
    }

    [Fact]
    public void A_required_route_value_that_the_pattern_lacks_is_the_developers_mistake()
    {
        _context.SetEndpoint(new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/other/{name}"), 0, null, null));

        var error = Assert.Throws<UpgradeSetupException>(() => Binder.Route("room").Text());

        Assert.Contains("'room'", error.Message);
        Assert.Contains("'/other/{name}'", error.Message);
        Assert.Equal("lobby", Binder.Route("room").Text("lobby"));
    }

    [Fact]
    public void Services_come_from_the_requests_scope()
    {
        using var services = new ServiceCollection().AddScoped<object>().AddKeyedScoped<object>("key").BuildServiceProvider();
        using var scope = services.CreateScope();
        _context.RequestServices = scope.ServiceProvider;

        Assert.Same(scope.ServiceProvider.GetService<object>(), Binder.Service<object>());
        Assert.Same(scope.ServiceProvider.GetKeyedService<object>("key"), Binder.KeyedService<object>("key"));
    }

    [Fact]
    public void A_missing_service_is_the_developers_mistake_unless_it_is_optional()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        _context.RequestServices = services;

        Assert.Contains("System.Version is not registered", Assert.Throws<UpgradeSetupException>(Binder.Service<Version>).Message);
        Assert.Contains("System.Version with the key 'old'", Assert.Throws<UpgradeSetupException>(() => Binder.KeyedService<Version>("old")).Message);
        Assert.Null(Binder.ServiceOrNull<Version>());
        Assert.Null(Binder.KeyedServiceOrNull<Version>("old"));
    }

    [Fact]
    public void What_the_request_is_made_of_is_bound_by_type()
    {
        using var aborted = new CancellationTokenSource();
        (_context.User, _context.RequestAborted) = (new ClaimsPrincipal(), aborted.Token);

        Assert.Same(_context, Binder.HttpContext);
        Assert.Same(_context.User, Binder.User);
        Assert.Equal(aborted.Token, Binder.RequestAborted);
    }

    private static string Refusal(Func<object?> bind) => Assert.Throws<BindingException>(bind).Message;
}
