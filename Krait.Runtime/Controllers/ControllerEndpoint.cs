using Krait.CompilerServices;
using Krait.Connections;
using Krait.Rooms;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Krait.Controllers;

/// <summary>
/// Answers the requests of a controller's endpoint: refuses them, or upgrades them and serves the connection until it has ended.
/// </summary>
internal sealed class ControllerEndpoint<TSelf, TReceive, TSend>
    where TSelf : class
{
    private readonly SessionFactory<TSelf, TReceive, TSend> _sessions;
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly UpgradeGate _gate;
    private readonly ConnectionCaps? _caps;
    private readonly UpgradeFailures _failures;
    private readonly RefusalWriter _refusals;

    /// <summary>Prepares everything that is the same for all requests.</summary>
    /// <exception cref="InvalidOperationException">The descriptor cannot be served as it is.</exception>
    public ControllerEndpoint(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    {
        _descriptor = descriptor;
        _sessions = new(descriptor, services);
        _gate = new(Origins(), descriptor.Protocols, descriptor.ProtocolRequired);
        if (descriptor.MaxConnections.Count > 0)
            _caps = new(typeof(TSelf), descriptor.MaxConnections, services.GetRequiredService<ConnectionSlots>());

        _failures = new(Settings.Name, Settings.Logger);
        _refusals = new(Settings.Name, Settings.Logger);
        if (descriptor.OnExpiring is not null && !Settings.Options.CloseOnAuthenticationExpiration)
            ConnectionMessages.NeverExpires(Settings.Logger, Settings.Name);
    }

    /// <summary>How rooms encode the messages of this endpoint where no connection says it.</summary>
    public RoomContract<TSend> Contract => _sessions.Contract;

    private EndpointSettings Settings => _sessions.Settings;

    /// <summary>Answers one request. A client cannot make it throw.</summary>
    public Task InvokeAsync(HttpContext context) =>
        ServeAsync(new(context) { Began = Settings.TimeProvider.GetUtcNow() });

    private async Task ServeAsync(UpgradeRequest request)
    {
        Settings.Telemetry.Learn(request.HttpContext);
        try
        {
            if (await UpgradeAsync(request).ConfigureAwait(false) is { } session)
                await session.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            request.Slot?.Dispose();
        }
    }

    private async Task<ConnectionSession?> UpgradeAsync(UpgradeRequest request)
    {
        var scope = new ConnectionScope(Settings.Scopes);
        TSelf? controller = null;
        UpgradeRefusal? refusal;
        try
        {
            refusal = _gate.Check(request, out var protocol)
                ?? DrainRefusal.Of(Settings.Connections, request.HttpContext.Request)
                ?? TakeSlot(request);
            if (refusal is null)
            {
                var binder = new UpgradeBinder(request, scope, Settings.Services);
                (refusal, protocol) = await DecideAsync(binder, protocol).ConfigureAwait(false);
                if (refusal is null)
                {
                    _sessions.Demand(protocol);
                    controller = _descriptor.Create(binder);
                    return await AcceptAsync(binder, protocol, controller, scope).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e)
        {
            refusal = _failures.Explain(request.HttpContext, e);
        }

        await DisposeAsync(controller, scope).ConfigureAwait(false);
        if (refusal is not null)
            await RefuseAsync(request, refusal).ConfigureAwait(false);

        return null;
    }

    private Task RefuseAsync(UpgradeRequest request, UpgradeRefusal refusal)
    {
        request.Slot?.Dispose(); // before the answer, because the client may ask again as soon as it has it
        Settings.Telemetry.Refused(refusal.Reason);
        return _refusals.WriteAsync(request.HttpContext, refusal);
    }

    private UpgradeRefusal? TakeSlot(UpgradeRequest request)
    {
        if (_caps is null)
            return null;

        var refusal = _caps.Take(request.HttpContext, out var slot);
        request.Slot = slot;
        return refusal;
    }

    private async Task<ConnectionSession> AcceptAsync(
        UpgradeBinder binder, string? protocol, TSelf controller, ConnectionScope scope)
    {
        var onOpen = _descriptor.OnOpen?.Invoke(binder); // binds the parameters while the request can still be refused
        var accepting = OpeningHandshake.AcceptAsync(binder.HttpContext, protocol, Settings.TransportOptions);
        var transport = await accepting.ConfigureAwait(false);
        return _sessions.Create(
            new(
                transport,
                binder.Request,
                protocol,
                controller,
                onOpen,
                scope.IsUsed ? scope : null,
                binder.Rooms,
                binder.Resumption));
    }

    private async ValueTask<(UpgradeRefusal? Refusal, string? Protocol)> DecideAsync(UpgradeBinder binder, string? negotiated)
    {
        if (_descriptor.OnUpgrade is null)
            return (null, negotiated);

        var decision = await _descriptor.OnUpgrade(binder).ConfigureAwait(false)
            ?? throw new UpgradeSetupException(
                "[OnUpgrade] returned null; return UpgradeDecision.Accept() or UpgradeDecision.Deny(...).");
        if (!decision.IsAccepted)
            return (new(decision), null);

        if (binder.HttpContext.Response.HasStarted)
            throw new UpgradeSetupException(
                "[OnUpgrade] accepted after it had written to the response; to answer by itself it denies with an IResult.");

        if (decision.Protocol is { } protocol && !binder.Request.Protocols.Contains(protocol, StringComparer.Ordinal))
            throw new UpgradeSetupException(
                $"[OnUpgrade] accepted the subprotocol '{ClientText.Cut(protocol)}', which the client had not offered; "
                + "it must be one of UpgradeRequest.Protocols.");

        return (null, decision.Protocol ?? negotiated);
    }

    private async ValueTask DisposeAsync(TSelf? controller, ConnectionScope scope)
    {
        try
        {
            if (controller is not null)
                await ControllerDisposal.DisposeAsync(controller).ConfigureAwait(false);

            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            UpgradeLog.DisposeFailed(Settings.Logger, e, Settings.Name);
        }
    }

    private OriginPolicy Origins()
    {
        try
        {
            return new(_descriptor.AllowedOrigins ?? (IEnumerable<string>)Settings.Options.AllowedOrigins);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"{Settings.Name}: AllowedOrigins: {e.Message}", e);
        }
    }
}
