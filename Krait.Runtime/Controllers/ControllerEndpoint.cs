using Krait.CompilerServices;
using Krait.Upgrading;
using Microsoft.AspNetCore.Http;

namespace Krait.Controllers;

/// <summary>Answers the requests of a controller's endpoint: refuses them, or upgrades them and serves the connection until it has ended.</summary>
internal sealed class ControllerEndpoint<TSelf, TReceive, TSend>
    where TSelf : class
{
    private readonly ControllerRuntime<TSelf, TReceive, TSend> _runtime;
    private readonly ControllerDescriptor<TSelf, TReceive, TSend> _descriptor;
    private readonly UpgradeGate _gate;
    private readonly UpgradeFailures _failures;
    private readonly RefusalWriter _refusals;

    /// <summary>Prepares what is the same for all requests.</summary>
    /// <exception cref="InvalidOperationException">The descriptor cannot be served as it is.</exception>
    public ControllerEndpoint(ControllerDescriptor<TSelf, TReceive, TSend> descriptor, IServiceProvider services)
    {
        _descriptor = descriptor;
        _runtime = new(descriptor, services);
        _gate = new(Origins(), descriptor.Protocols, descriptor.ProtocolRequired);
        _failures = new(_runtime.Name, _runtime.Logger);
        _refusals = new(_runtime.Name, _runtime.Logger);
    }

    /// <summary>Answers one request. Throws for nothing that a client does.</summary>
    public Task InvokeAsync(HttpContext context) => ServeAsync(new(context));

    private async Task ServeAsync(UpgradeRequest request)
    {
        if (await UpgradeAsync(request).ConfigureAwait(false) is { } session)
            await session.RunAsync().ConfigureAwait(false);
    }

    private async Task<ControllerSession<TSelf, TReceive, TSend>?> UpgradeAsync(UpgradeRequest request)
    {
        var context = request.HttpContext;
        TSelf? controller = null;
        UpgradeRefusal? refusal;
        try
        {
            refusal = _gate.Check(request, out var protocol);
            if (refusal is null)
            {
                var binder = new UpgradeBinder(request);
                (refusal, protocol) = await DecideAsync(binder, protocol).ConfigureAwait(false);
                if (refusal is null)
                {
                    _ = _runtime.Codecs.Of(protocol); // what nothing reads must be refused while that is still possible
                    controller = _descriptor.Create(binder);
                    var onOpen = _descriptor.OnOpen?.Invoke(binder);
                    var transport = await OpeningHandshake.AcceptAsync(context, protocol, _runtime.TransportOptions).ConfigureAwait(false);
                    return new(_runtime, transport, request, protocol, controller, onOpen);
                }
            }
        }
        catch (Exception e)
        {
            refusal = _failures.Explain(context, e);
        }

        if (controller is not null)
            await DisposeAsync(controller).ConfigureAwait(false);

        if (refusal is not null)
            await _refusals.WriteAsync(context, refusal).ConfigureAwait(false);

        return null;
    }

    private async ValueTask<(UpgradeRefusal? Refusal, string? Protocol)> DecideAsync(UpgradeBinder binder, string? negotiated)
    {
        if (_descriptor.OnUpgrade is null)
            return (null, negotiated);

        var decision = await _descriptor.OnUpgrade(binder).ConfigureAwait(false)
            ?? throw new UpgradeSetupException("[OnUpgrade] returned null; return UpgradeDecision.Accept() or UpgradeDecision.Deny(...).");
        if (!decision.IsAccepted)
            return (new(decision), null);

        if (binder.HttpContext.Response.HasStarted)
            throw new UpgradeSetupException("[OnUpgrade] accepted after it had written to the response; to answer by itself it denies with an IResult.");

        if (decision.Protocol is { } protocol && !binder.Request.Protocols.Contains(protocol, StringComparer.Ordinal))
            throw new UpgradeSetupException($"[OnUpgrade] accepted the subprotocol '{ClientText.Cut(protocol)}', which the client had not offered; it must be one of UpgradeRequest.Protocols.");

        return (null, decision.Protocol ?? negotiated);
    }

    private async ValueTask DisposeAsync(TSelf controller)
    {
        try
        {
            await ControllerDisposal.DisposeAsync(controller).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            UpgradeLog.DisposeFailed(_runtime.Logger, e, _runtime.Name);
        }
    }

    private OriginPolicy Origins()
    {
        try
        {
            return new(_descriptor.AllowedOrigins ?? (IEnumerable<string>)_runtime.Options.AllowedOrigins);
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"{_runtime.Name}: AllowedOrigins: {e.Message}", e);
        }
    }
}
