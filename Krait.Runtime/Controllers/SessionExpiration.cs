using System.Net.WebSockets;
using Krait.Connections;
using Microsoft.AspNetCore.Authentication;

namespace Krait.Controllers;

/// <summary>Closes one connection when the authentication of its user expires, and calls [OnExpiring] before.</summary>
/// <remarks>Thread-safe. Its methods never wait and never throw. No user code runs under the lock.</remarks>
internal sealed class SessionExpiration
{
    private readonly Lock _lock = new();
    private readonly EndpointSettings _settings;
    private readonly ExpirationSchedule _schedule;
    private readonly HandlerTable _handlers;
    private readonly HandlerCalls _calls;
    private readonly ConnectionLifetime _lifetime;
    private Term? _term; // null if the authentication does not end
    private bool _hasEnded;

    /// <summary>Begins with the authentication at the upgrade.</summary>
    public SessionExpiration(
        EndpointSettings settings,
        ExpirationSchedule schedule,
        HandlerTable handlers,
        HandlerCalls calls,
        ConnectionLifetime lifetime)
    {
        _settings = settings;
        _schedule = schedule;
        _handlers = handlers;
        _calls = calls;
        _lifetime = lifetime;
        var upgrade = handlers.Connection.HttpContext.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult;
        Begin(upgrade?.Properties?.ExpiresUtc, settings.Options.AuthenticationExpirationNotice);
        handlers.Connection.ExpirationMoved = Renew;
    }

    /// <summary>Call this when [OnOpen] has succeeded: Krait calls no other handler before.</summary>
    public void Opened()
    {
        lock (_lock)
        {
            if (_term is { IsNoticeDue: true } term)
                CallOnExpiring(term);
        }
    }

    /// <summary>Call this when the connection has ended.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _term?.Cancel();
            _term = null;
        }
    }

    private void Renew(DateTimeOffset? end)
    {
        // With a whole notice, a handler that renews with short tokens would be called again at once, and so on without a pause.
        var half = (end - _settings.TimeProvider.GetUtcNow()) / 2;
        var notice = _settings.Options.AuthenticationExpirationNotice;
        Begin(end, half < notice ? half.Value : notice);
    }

    private void Begin(DateTimeOffset? end, TimeSpan notice)
    {
        lock (_lock)
        {
            if (_hasEnded || end == _term?.End)
                return;

            _term?.Cancel();
            _term = end is { } time ? new(time) : null;
            if (_term is not null)
                Schedule(_term, notice);
        }
    }

    private void Schedule(Term term, TimeSpan notice)
    {
        term.Close = _schedule.Add(term.End, () => Expire(term));
        var left = term.End - _settings.TimeProvider.GetUtcNow();
        if (!_handlers.HasOnExpiring || notice <= TimeSpan.Zero || left <= TimeSpan.Zero)
            return;

        if (left > notice)
            term.Notice = _schedule.Add(term.End - notice, () => Notify(term));
        else
            Notify(term);
    }

    private void Notify(Term term)
    {
        lock (_lock)
        {
            term.IsNoticeDue = true;
            if (!_lifetime.IsOpening)
                CallOnExpiring(term);
        }
    }

    private void CallOnExpiring(Term term)
    {
        term.IsNoticeDue = false;
        _ = _calls.CallInTurnAsync(
            HandlerKind.OnExpiring,
            () => IsPresent(term) && !_lifetime.IsEnding,
            () => _handlers.CallOnExpiringAsync(new(term.End.ToUniversalTime())));
    }

    private void Expire(Term term)
    {
        if (!IsPresent(term))
            return;

        _lifetime.RequestClose(new(
            (WebSocketCloseStatus)_settings.Options.AuthenticationExpiredStatus,
            "authentication expired",
            CloseCause.AuthenticationExpired));
    }

    private bool IsPresent(Term term)
    {
        lock (_lock)
            return _term == term;
    }

    /// <summary>One authentication, until its end.</summary>
    private sealed class Term(DateTimeOffset end)
    {
        public DateTimeOffset End => end;

        public IDisposable? Close { get; set; }

        public IDisposable? Notice { get; set; }

        /// <summary>Whether [OnExpiring] is called as soon as the connection is open.</summary>
        public bool IsNoticeDue { get; set; }

        public void Cancel()
        {
            Close?.Dispose();
            Notice?.Dispose();
        }
    }
}
