using Krait.Runtime.Tests.Upgrading;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Krait.Runtime.Tests.Hosting;

public sealed class KraitOptionsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        Assert.Equal(64 * 1024, Options(_ => { }).MaxMessageSize);
    }

    [Theory]
    [InlineData(nameof(KraitOptions.MaxMessageSize))]
    [InlineData(nameof(KraitOptions.ReceiveQueueCapacity))]
    [InlineData(nameof(KraitOptions.ReceiveBufferSize))]
    [InlineData(nameof(KraitOptions.SendBufferSize))]
    [InlineData(nameof(KraitOptions.MaxStreams))]
    public void A_number_must_be_positive(string option)
    {
        AssertRefused($"KraitOptions.{option} is 0; it must be from 1 to", options => Set(options, option, 0));
        AssertRefused($"KraitOptions.{option} is -1; it must be from 1 to", options => Set(options, option, -1));
        Options(options => Set(options, option, 1));
    }

    [Theory]
    [InlineData(nameof(KraitOptions.KeepAliveInterval))]
    [InlineData(nameof(KraitOptions.KeepAliveTimeout))]
    [InlineData(nameof(KraitOptions.SendTimeout))]
    public void A_time_must_be_positive_or_infinite(string option)
    {
        AssertRefused($"KraitOptions.{option} is 00:00:00; it must be positive", options => Set(options, option, TimeSpan.Zero));
        AssertRefused($"KraitOptions.{option} is -00:00:01; it must be positive", options => Set(options, option, TimeSpan.FromSeconds(-1)));
        AssertRefused($"KraitOptions.{option} is 50.00:00:00; it must be positive", options => Set(options, option, TimeSpan.FromDays(50)));
        Options(options => Set(options, option, Timeout.InfiniteTimeSpan));
    }

    [Theory]
    [InlineData(nameof(KraitOptions.CloseTimeout))]
    [InlineData(nameof(KraitOptions.StopTimeout))]
    public void The_end_of_a_connection_takes_a_finite_time(string option)
    {
        AssertRefused($"KraitOptions.{option} is 00:00:00; it must be positive", options => Set(options, option, TimeSpan.Zero));
        AssertRefused($"KraitOptions.{option} is -00:00:00.0010000; it must be positive", options => Set(options, option, Timeout.InfiniteTimeSpan));
    }

    [Theory]
    [InlineData(nameof(KraitOptions.DrainPeriod))]
    [InlineData(nameof(KraitOptions.ReconnectSpread))]
    [InlineData(nameof(KraitOptions.AuthenticationExpirationNotice))]
    public void A_period_is_finite_and_may_be_zero(string option)
    {
        AssertRefused($"KraitOptions.{option} is -00:00:00.0010000; it must be from 0 to", options => Set(options, option, Timeout.InfiniteTimeSpan));
        AssertRefused($"KraitOptions.{option} is 50.00:00:00; it must be from 0 to", options => Set(options, option, TimeSpan.FromDays(50)));
        Options(options => Set(options, option, TimeSpan.Zero));
    }

    [Fact]
    public void An_allowed_origin_must_be_one()
    {
        AssertRefused("KraitOptions.AllowedOrigins: 'example.com' is not an origin", options => options.AllowedOrigins.Add("example.com"));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var error = Assert.Throws<OptionsValidationException>(() => Options(options => (options.MaxStreams, options.SendBufferSize) = (0, 0)));

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public async Task Wrong_options_keep_an_application_without_controllers_from_starting()
    {
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(
            _ => { },
            builder => builder.Services.AddKrait(options => options.MaxStreams = 0)));
    }

    [Fact]
    public async Task AddKrait_may_be_called_again_and_every_setting_counts()
    {
        await using var app = await TestApp.StartAsync(
            app => app.MapWebSocketController<PlainController>(),
            builder => builder.Services.AddKrait(options => options.MaxStreams = 3).AddKrait(options => options.SendBufferSize = 4));

        var options = app.Services.GetRequiredService<IOptions<KraitOptions>>().Value;
        Assert.Equal((3, 4), (options.MaxStreams, options.SendBufferSize));
    }

    private static void AssertRefused(string sentence, Action<KraitOptions> configure) =>
        Assert.StartsWith(sentence, Assert.Single(Assert.Throws<OptionsValidationException>(() => Options(configure)).Failures));

    private static KraitOptions Options(Action<KraitOptions> configure)
    {
        using var services = new ServiceCollection().AddKrait(configure).BuildServiceProvider();
        return services.GetRequiredService<IOptions<KraitOptions>>().Value;
    }

    private static void Set(KraitOptions options, string option, object value) => typeof(KraitOptions).GetProperty(option)!.SetValue(options, value);
}
