using Krait.Transport;
using Krait.Upgrading;
using Microsoft.Extensions.Options;

namespace Krait.Hosting;

/// <summary>Checks the ranges of <see cref="KraitOptions"/> before the application starts.</summary>
internal sealed class KraitOptionsValidation : IValidateOptions<KraitOptions>
{
    // The limit of timers: 2^32 - 2 milliseconds.
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public ValidateOptionsResult Validate(string? name, KraitOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        CheckCount(result, options.MaxMessageSize, nameof(options.MaxMessageSize));
        CheckCount(result, options.ReceiveQueueCapacity, nameof(options.ReceiveQueueCapacity));
        CheckCount(result, options.ReceiveBufferSize, nameof(options.ReceiveBufferSize));
        CheckCount(result, options.SendBufferSize, nameof(options.SendBufferSize));
        CheckCount(result, options.MaxStreams, nameof(options.MaxStreams));
        CheckTime(result, options.KeepAliveInterval, nameof(options.KeepAliveInterval), mayBeInfinite: true);
        CheckTime(result, options.KeepAliveTimeout, nameof(options.KeepAliveTimeout), mayBeInfinite: true);
        CheckTime(result, options.SendTimeout, nameof(options.SendTimeout), mayBeInfinite: true);
        CheckTime(result, options.CloseTimeout, nameof(options.CloseTimeout), mayBeInfinite: false);
        CheckTime(result, options.StopTimeout, nameof(options.StopTimeout), mayBeInfinite: false);
        CheckPeriod(result, options.DrainPeriod, nameof(options.DrainPeriod));
        CheckPeriod(result, options.ReconnectSpread, nameof(options.ReconnectSpread));
        CheckPeriod(result, options.AuthenticationExpirationNotice, nameof(options.AuthenticationExpirationNotice));
        CheckOrigins(result, options.AllowedOrigins);
        CheckAuthentication(result, options);
        return result.Build();
    }

    private static void CheckCount(ValidateOptionsResultBuilder result, int value, string option)
    {
        if (value <= 0 || value > Array.MaxLength)
            result.AddError($"KraitOptions.{option} is {value}; it must be from 1 to {Array.MaxLength}.");
    }

    private static void CheckTime(ValidateOptionsResultBuilder result, TimeSpan value, string option, bool mayBeInfinite)
    {
        if (value == Timeout.InfiniteTimeSpan && mayBeInfinite)
            return;

        if (value <= TimeSpan.Zero || value > MaxTimeout)
        {
            var infinite = mayBeInfinite ? ", or Timeout.InfiniteTimeSpan" : "";
            result.AddError($"KraitOptions.{option} is {value}; it must be positive and at most {MaxTimeout}{infinite}.");
        }
    }

    private static void CheckPeriod(ValidateOptionsResultBuilder result, TimeSpan value, string option)
    {
        if (value < TimeSpan.Zero || value > MaxTimeout)
            result.AddError($"KraitOptions.{option} is {value}; it must be from 0 to {MaxTimeout}.");
    }

    private static void CheckAuthentication(ValidateOptionsResultBuilder result, KraitOptions options)
    {
        if (options.BearerProtocol is { } protocol && !HttpToken.IsToken(protocol))
            result.AddError(
                $"KraitOptions.BearerProtocol is '{protocol}'; it must be a token of HTTP: letters, digits, dots and hyphens.");
        if (!CloseFrame.IsOfTheWire(options.AuthenticationExpiredStatus))
            result.AddError(
                $"KraitOptions.AuthenticationExpiredStatus is {options.AuthenticationExpiredStatus}; use 1008, or a status of "
                + "your own from 4000 to 4999.");
    }

    private static void CheckOrigins(ValidateOptionsResultBuilder result, IEnumerable<string> origins)
    {
        try
        {
            _ = new OriginPolicy(origins);
        }
        catch (FormatException e)
        {
            result.AddError($"KraitOptions.AllowedOrigins: {e.Message}");
        }
    }
}
