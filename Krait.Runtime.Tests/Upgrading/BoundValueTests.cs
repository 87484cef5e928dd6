using System.Globalization;
using Krait.CompilerServices;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Krait.Runtime.Tests.Upgrading;

/// <summary>What values of a request become: enums, times, and many at once.</summary>
public sealed class BoundValueTests
{
    private readonly DefaultHttpContext _context = new();

    private UpgradeBinder Binder => new(new(_context), RequestScopes.Of(_context), RequestScopes.NoServices);

    [Theory]
    [InlineData("red", Colour.Red)]
    [InlineData("DarkBlue", Colour.DarkBlue)]
    [InlineData("DARKBLUE", Colour.DarkBlue)]
    public void An_enum_takes_its_names_in_any_case(string text, Colour expected) => Assert.Equal(expected, Query(text).Enum<Colour>());

    [Theory]
    [InlineData("0")]
    [InlineData(" 1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("7")]
    [InlineData("green")]
    [InlineData("red,DarkBlue")]
    [InlineData("")]
    [InlineData(" ")]
    public void An_enum_takes_no_numbers_no_other_names_and_no_combinations(string text) =>
        Assert.Equal($"The query value 'x' is '{text}'; expected one of Red, DarkBlue.", Refusal(() => Query(text).Enum<Colour>()));

    [Fact]
    public void A_flags_enum_takes_several_names()
    {
        Assert.Equal(Rights.Read | Rights.Write, Query("read, WRITE").Enum<Rights>());
        Assert.Equal(
            "The query value 'x' is 'read,4'; expected one or more, separated by commas, of None, Read, Write.", Refusal(() => Query("read,4").Enum<Rights>()));
    }

    [Fact]
    public void An_enum_that_is_missing_is_its_default_or_refused()
    {
        Assert.Equal(Colour.DarkBlue, Binder.Query("x").Enum(Colour.DarkBlue));
        Assert.Equal(Colour.Red, Query("red").Enum(Colour.DarkBlue));
        Assert.Null(Binder.Query("y").IfPresent?.Enum<Colour>());
        Assert.Equal("The query value 'y' is missing; expected one of Red, DarkBlue.", Refusal(() => Binder.Query("y").Enum<Colour>()));
    }

    [Fact]
    public void Dates_and_times_are_the_same_on_every_machine()
    {
        var expected = new DateTime(2026, 1, 31, 13, 45, 0, DateTimeKind.Utc);
        Assert.Equal((expected, DateTimeKind.Utc), (Query("2026-01-31T13:45:00").Parse<DateTime>(), Query("2026-01-31T13:45:00").Parse<DateTime>().Kind));
        Assert.Equal(expected, Query("2026-01-31T15:45:00+02:00").Parse<DateTime>());
        Assert.Equal(new DateTimeOffset(expected), Query("2026-01-31T13:45:00").Parse<DateTimeOffset>());
        Assert.Equal(TimeSpan.FromHours(2), Query("2026-01-31T15:45:00+02:00").Parse<DateTimeOffset>().Offset);
        Assert.Equal(new DateOnly(2026, 1, 31), Query("2026-01-31").Parse<DateOnly>());
        Assert.Equal(new TimeOnly(13, 45), Query("13:45").Parse<TimeOnly>());
    }

    [Theory]
    [InlineData(typeof(DateOnly), "a date such as 2026-01-31")]
    [InlineData(typeof(TimeOnly), "a time such as 13:45:00")]
    [InlineData(typeof(DateTime), "a date and time such as 2026-01-31T13:45:00Z")]
    [InlineData(typeof(DateTimeOffset), "a date and time such as 2026-01-31T13:45:00Z")]
    [InlineData(typeof(TimeSpan), "a duration such as 01:30:00")]
    [InlineData(typeof(Guid), "a GUID")]
    [InlineData(typeof(Half), "a value of type Half")]
    public void What_is_expected_is_described_with_an_example(Type type, string description) =>
        Assert.Equal($"The query value 'x' is 'y'; expected {description}.", BindingProblems.Invalid(BindingSource.Query, "x", type, "y").Message);

    [Fact]
    public void All_query_values_of_a_name_make_an_array()
    {
        _context.Request.QueryString = new("?x=1&x=2&x=3&y=");
        Assert.Equal(["1", "2", "3"], Binder.Query("x").Texts());
        Assert.Equal([1, 2, 3], Binder.Query("x").ParseAll<int>());
        Assert.Equal(new StringValues(["1", "2", "3"]), Binder.Query("x").Values());
        Assert.Equal([""], Binder.Query("y").Texts());
    }

    [Fact]
    public void Enums_make_an_array_too()
    {
        _context.Request.QueryString = new("?x=red&x=darkblue");
        Assert.Equal([Colour.Red, Colour.DarkBlue], Binder.Query("x").Enums<Colour>());
    }

    [Fact]
    public void Values_that_are_missing_are_none_or_null()
    {
        Assert.Empty(Binder.Query("x").Texts());
        Assert.Empty(Binder.Query("x").ParseAll<int>());
        Assert.Equal(0, Binder.Query("x").Values().Count);
        Assert.Null(Binder.Query("x").IfPresent?.ParseAll<int>());
        Assert.Empty(Binder.Header("x").Texts());
    }

    [Fact]
    public void One_bad_value_among_several_is_named()
    {
        _context.Request.QueryString = new("?x=1&x=two");
        Assert.Equal("The query value 'x' is 'two'; expected a whole number from 0 to 255.", Refusal(() => Binder.Query("x").ParseAll<byte>()));
    }

    [Fact]
    public void A_header_is_a_list()
    {
        _context.Request.Headers["X-Ids"] = new StringValues(["1, 2,", "\t3"]);
        Assert.Equal(["1", "2", "3"], Binder.Header("X-Ids").Texts());
        Assert.Equal([1, 2, 3], Binder.Header("X-Ids").ParseAll<int>());
        Assert.Equal(new StringValues(["1, 2,", "\t3"]), Binder.Header("X-Ids").Values());
    }

    [Fact]
    public void Numbers_in_arrays_are_parsed_with_the_invariant_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal([1.5], Query("1.5").ParseAll<double>());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private BoundValue Query(string value)
    {
        _context.Request.QueryString = QueryString.Create("x", value);
        return Binder.Query("x");
    }

    private static string Refusal(Func<object?> bind) => Assert.Throws<BindingException>(bind).Message;

    public enum Colour
    {
        Red,
        DarkBlue,
    }

    [Flags]
    public enum Rights
    {
        None = 0,
        Read = 1,
        Write = 2,
    }
}
